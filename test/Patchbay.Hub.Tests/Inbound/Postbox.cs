using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Tests.Inbound;

/// <summary>
/// A provider that exists only here. It signs <c>t.body</c>, and reports any number of letters at once:
/// <c>{"id": "evt_1", "letters": [{"ref": "letter-1", "status": "delivered"}]}</c>.
/// </summary>
[Provider(Name)]
internal sealed class Postbox : IVerifyCredentials, IReceiveWebhooks
{
    public const string Name = "postbox";
    public const string Secret = "postbox-secret-1";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Status words that the map of one integration was taught later.</summary>
    public static readonly ConcurrentDictionary<(string Integration, string Word), MessageStatus> Taught = new();

    public static Assembly Assembly { get; } = new OnlyPostbox();

    /// <summary>Headers as Postbox sends them.</summary>
    public static (string Name, string Value)[] Sign(string body, DateTimeOffset at, string secret = Secret)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return [("X-Postbox-Signature", $"{time}:{Convert.ToHexStringLower(Signatures.HmacSha256(new Secret(secret), $"{time}.{body}"))}")];
    }

    public Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<AccountInfo, ProviderFailure>>(new AccountInfo("Post office"));

    public bool IsGenuine(WebhookRequest request, Connection connection)
    {
        if (request.Header("X-Postbox-Signature")?.Split(':') is not [var time, var signature]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || (request.ReceivedAt - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance)
            return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes(time + "."), .. request.Body.Span];
        return connection.LiveSecrets("secret").Any(secret => Signatures.SameHex(Signatures.HmacSha256(secret, signed), signature));
    }

    public string? EventId(WebhookRequest request)
    {
        try
        {
            return JsonDocument.Parse(request.Body).RootElement.TryGetProperty("id", out var id) ? id.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Breaks on a body that is no JSON, as a real connector must not.</summary>
    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        using var document = JsonDocument.Parse(request.Body);
        return document.RootElement.GetProperty("letters").EnumerateArray().Select(letter => Event(letter, connection)).ToList();
    }

    private static ProviderEvent Event(JsonElement letter, Connection connection)
    {
        var word = letter.GetProperty("status").GetString()!;
        if (!Enum.TryParse<MessageStatus>(word, ignoreCase: true, out var status)
            && !Taught.TryGetValue((connection.IntegrationId, word), out status))
            return new UnmappedEvent($"Unknown letter status '{word}'.");
        var reference = letter.GetProperty("ref").GetString()!;
        return new MessageEvent(reference, new MessageState("post-" + reference, status));
    }

    /// <summary>An assembly with one connector and its manifest, as a plug-in would bring them.</summary>
    private sealed class OnlyPostbox : Assembly
    {
        private const string Manifest = """
            name: postbox
            display_name: Postbox
            version: "1.0"
            categories: [sms]
            capabilities: []
            description: Letters.
            docs_url: https://postbox.example/docs
            base_urls:
              live: https://postbox.example/
            credentials:
              type: object
              additionalProperties: false
              required: [secret]
              properties:
                secret:
                  type: string
                  x-secret: true
                  minLength: 8
                secret_previous:
                  type: string
                  x-secret: true
                  minLength: 8
            webhooks:
              signature: HMAC-SHA256 over time and body
              events: [letter]
            verify: Always works.
            """;

        public override Type[] GetTypes() => [typeof(Postbox)];

        public override string[] GetManifestResourceNames() => ["manifests/postbox.yaml"];

        public override Stream GetManifestResourceStream(string name) => new MemoryStream(Encoding.UTF8.GetBytes(Manifest));
    }
}
