using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Integrations.Inbound;

/// <summary>Turns a request into what is kept of it, and back.</summary>
internal static class WebhookRecord
{
    /// <summary>Until then the node that received a webhook processes it from memory; later any node may.</summary>
    public static readonly TimeSpan PickUpAfter = TimeSpan.FromSeconds(10);

    private const int MaxEventId = 200;

    private static readonly string[] Dropped = ["Authorization", "Proxy-Authorization", "Cookie"];

    /// <param name="eventId">The vendor's id of the event; null when it has none.</param>
    public static InboxEntry New(Integration integration, WebhookRequest request, string? eventId, InboxId id) => new()
    {
        Key = new InboxKey(integration.TenantId, integration.Id, DedupeKey(request, eventId)),
        Id = id,
        Provider = integration.Provider,
        ReceivedAt = request.ReceivedAt,
        TriedSince = request.ReceivedAt,
        NextAt = request.ReceivedAt + PickUpAfter,
        BodyHash = Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)),
        BodyLength = request.Body.Length,
        Raw = new RawWebhook(request.Method, request.Url.OriginalString, WriteHeaders(request.Headers), request.Body.ToArray()),
    };

    public static WebhookRequest ToRequest(InboxEntry entry)
    {
        var raw = entry.Raw ?? throw new InvalidOperationException("The entry was read without its request.");
        return new WebhookRequest(raw.Method, new Uri(raw.Url), ReadHeaders(raw.Headers), raw.Body, entry.ReceivedAt);
    }

    public static IReadOnlyDictionary<string, string> ReadHeaders(string json) =>
        new Dictionary<string, string>(JsonSerializer.Deserialize<Dictionary<string, string>>(json)!, StringComparer.OrdinalIgnoreCase);

    /// <summary>The vendor's id as the key shows it; null when the key is a hash.</summary>
    public static string? EventIdOf(string dedupeKey) =>
        dedupeKey.StartsWith("event:", StringComparison.Ordinal) ? dedupeKey["event:".Length..] : null;

    private static string DedupeKey(WebhookRequest request, string? eventId)
    {
        if (eventId is { Length: > 0 })
        {
            return eventId.Length <= MaxEventId && eventId.All(character => character is > ' ' and <= '~')
                ? "event:" + eventId
                : "event_sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(eventId)));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(request.Url.PathAndQuery + "\n"));
        hash.AppendData(request.Body.Span);
        return "sha256:" + Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static string WriteHeaders(IReadOnlyDictionary<string, string> headers) =>
        JsonSerializer.Serialize(headers
            .Where(header => !Dropped.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key, header => header.Value));
}
