using System.Text;
using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WaBusiness;

/// <summary>
/// What Meta tells an app, at one address for all of its numbers: the statuses of messages, in any order and several at once. What
/// people write to us, and all other fields, say nothing that the hub follows.
/// </summary>
/// <remarks>
/// Sources: https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks,
/// https://developers.facebook.com/docs/graph-api/webhooks/getting-started.
/// </remarks>
[Provider("wa_business")]
internal sealed class WaBusinessWebhooks : IReceiveWebhooks
{
    private const string Scheme = "sha256=";

    public bool IsGenuine(WebhookRequest request, Connection connection) =>
        request.Header("X-Hub-Signature-256") is { } header && header.StartsWith(Scheme, StringComparison.Ordinal)
        && Signatures.Any(
            connection.LiveSecrets("app_secret"), secret => Signatures.HmacSha256(secret, request.Body.Span), [header[Scheme.Length..]],
            Signatures.SameHex);

    /// <summary>A message reports each status once, and repeats it when it was not answered. Several at once have no id.</summary>
    public string? EventId(WebhookRequest request) =>
        Changes(request) is [{ Messages: null, Statuses: [{ Id: { } id, Status: { } status }] }] ? $"{id}:{status}" : null;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection) => Changes(request) is { } changes
        ? [.. changes.SelectMany(change => Read(change, connection.Value("phone_number_id")))]
        : [new UnmappedEvent("The body is no webhook of WhatsApp's.")];

    /// <summary>The request by which Meta finds out whether the address is ours: our token comes in, its text goes back.</summary>
    public WebhookAnswer? Challenge(WebhookRequest request, Connection connection)
    {
        var query = request.Query();
        return request.Method == HttpMethod.Get.Method && query.Find("hub.mode") == "subscribe"
            && query.Find("hub.challenge") is { Length: > 0 } challenge && query.Find("hub.verify_token") is { } token
            && Signatures.Any(
                connection.LiveSecrets("verify_token"), secret => Encoding.UTF8.GetBytes(secret.Reveal()), [token],
                (expected, given) => Signatures.Same(expected, Encoding.UTF8.GetBytes(given)))
            ? WebhookAnswer.Text(challenge) : null;
    }

    /// <summary>Meta may gather what it has to tell about several numbers.</summary>
    public IReadOnlyCollection<string> AccountsOf(WebhookRequest request) =>
        [.. (Changes(request) ?? []).Select(change => change.Metadata?.PhoneNumberId).OfType<string>().Distinct()];

    private static IEnumerable<ProviderEvent> Read(WaBusinessValue change, string ours)
    {
        if (change.Statuses is not { Count: > 0 } statuses)
            return [];
        if (change.Metadata?.PhoneNumberId is var number && number != ours)
            return [new ForeignEvent($"The messages are of the phone number ID {number}, the integration is for {ours}.")];
        return statuses.Select(Read);
    }

    private static ProviderEvent Read(WaBusinessStatus told) =>
        told.Id is { Length: > 0 } id && WaBusinessMapping.Status(told.Status) is { } status
            ? new MessageEvent(told.BizOpaqueCallbackData, WaBusinessMapping.FromStatus(id, status, told))
            : new UnmappedEvent($"Unknown message status '{told.Status}'.");

    /// <summary>Of messages; null for what is no webhook of WhatsApp's.</summary>
    private static List<WaBusinessValue>? Changes(WebhookRequest request)
    {
        try
        {
            var webhook = JsonSerializer.Deserialize(request.Body.Span, WaBusinessJson.Default.WaBusinessWebhook);
            return webhook?.Entry?.SelectMany(entry => entry.Changes ?? []).Where(change => change.Field == "messages")
                .Select(change => change.Value).OfType<WaBusinessValue>().ToList();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
