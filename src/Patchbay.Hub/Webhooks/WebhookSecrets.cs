using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Vault;

namespace Patchbay.Hub.Webhooks;

/// <summary>All that is secret about an endpoint; kept sealed, as JSON.</summary>
/// <param name="Previous">The signing secret before; null when there was none, or it is no longer used.</param>
/// <param name="Headers">Further headers with their values.</param>
internal sealed record WebhookSecrets(string Signing, string? Previous, IReadOnlyDictionary<string, string> Headers, ClientCertificate? Certificate)
{
    public const string Mask = "••••";

    /// <summary>What signs now, the present secret first.</summary>
    public IReadOnlyList<Secret> Valid(Webhook webhook, DateTimeOffset now) =>
        Previous is not null && webhook.PreviousSecretUntil > now ? [new Secret(Signing), new Secret(Previous)] : [new Secret(Signing)];

    /// <summary>Everything that must not be seen in what is kept of an exchange.</summary>
    public IReadOnlyCollection<Secret> All() => [new Secret(Signing), .. Previous is null ? [] : new[] { new Secret(Previous) }, .. Headers.Values.Select(value => new Secret(value))];

    /// <summary>Headers as a caller gives them over those that are there: a masked value leaves the present one.</summary>
    public static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string>? present, IReadOnlyDictionary<string, string> given) =>
        given.ToDictionary(
            pair => pair.Key, pair => pair.Value == Mask && present?.FirstOrDefault(known => known.Key.Equals(pair.Key, StringComparison.OrdinalIgnoreCase)).Value is { } value ? value : pair.Value,
            StringComparer.OrdinalIgnoreCase);

    public byte[] Seal(TenantCipher cipher, WebhookId id) => cipher.Seal(Purpose(id), JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Stored));

    public static WebhookSecrets Open(TenantCipher cipher, Webhook webhook) =>
        JsonSerializer.Deserialize<WebhookSecrets>(cipher.Open(Purpose(webhook.Id), webhook.SealedSecrets), HubJson.Stored)!;

    private static string Purpose(WebhookId id) => "webhook:" + id;
}
