using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;

namespace Patchbay.Integrations.Integrations;

/// <summary>Credentials on their way in and out: merged, masked, sealed.</summary>
public static class Credentials
{
    private const string Mask = "••••";

    /// <summary>A change over what is there: null clears a field, a masked value leaves it untouched.</summary>
    public static JsonObject Merge(JsonObject present, JsonObject change)
    {
        var merged = present.DeepClone().AsObject();
        foreach (var (name, value) in change)
        {
            if (value is null)
                merged.Remove(name);
            else if (!(value is JsonValue text && text.TryGetValue<string>(out var shown)
                && shown.StartsWith(Mask, StringComparison.Ordinal)))
                merged[name] = value.DeepClone();
        }

        return merged;
    }

    /// <summary>A mask that is not as it was shown says nothing of what is meant by it.</summary>
    /// <param name="shown">As they are shown, now or while new ones are verified.</param>
    public static void CheckMasks(JsonObject change, Faults faults, params IEnumerable<JsonObject> shown)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var given) && given.StartsWith(Mask, StringComparison.Ordinal)
                && !shown.Any(fields => fields[name]?.ToString() == given))
                faults.Add($"credentials.{name}", "is masked, and not as it is shown: enter the whole value, or leave it out");
        }
    }

    /// <summary>As they were meant: what was pasted with white space around it comes without.</summary>
    public static JsonObject Trim(JsonObject entered)
    {
        var trimmed = entered.DeepClone().AsObject();
        foreach (var (name, value) in entered)
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var given))
                trimmed[name] = given.Trim();
        }

        return trimmed;
    }

    public static void CheckSize(JsonObject credentials, LimitOptions limits, Faults faults)
    {
        var bytes = Encoding.UTF8.GetByteCount(credentials.ToJsonString());
        faults.Require(
            bytes <= limits.CredentialBytes, "credentials",
            $"have {bytes} bytes; at most {limits.CredentialBytes} are allowed (Patchbay:Limits:{nameof(limits.CredentialBytes)})");
    }

    /// <summary>As they may be shown: of a secret, the last four characters, and those only when it has at least twelve.</summary>
    public static JsonObject Show(Provider provider, JsonObject credentials)
    {
        var shown = credentials.DeepClone().AsObject();
        foreach (var field in provider.Manifest.SecretFields)
        {
            if (shown[field]?.ToString() is { } secret)
                shown[field] = secret.Length >= 12 ? Mask + secret[^4..] : Mask;
        }

        return shown;
    }

    public static byte[] Seal(TenantCipher cipher, IntegrationId id, JsonObject credentials) =>
        cipher.Seal(Purpose(id), Encoding.UTF8.GetBytes(credentials.ToJsonString()));

    public static JsonObject Open(TenantCipher cipher, IntegrationId id, byte[] sealedCredentials) =>
        JsonNode.Parse(cipher.Open(Purpose(id), sealedCredentials))!.AsObject();

    public static byte[] SealWebhookSecret(TenantCipher cipher, IntegrationId id, Secret secret) =>
        cipher.Seal(WebhookPurpose(id), Encoding.UTF8.GetBytes(secret.Reveal()));

    public static Secret OpenWebhookSecret(TenantCipher cipher, IntegrationId id, byte[] sealedSecret) =>
        new(Encoding.UTF8.GetString(cipher.Open(WebhookPurpose(id), sealedSecret)));

    private static string WebhookPurpose(IntegrationId id) => "webhook_secret:" + id;

    private static string Purpose(IntegrationId id) => "credentials:" + id;
}
