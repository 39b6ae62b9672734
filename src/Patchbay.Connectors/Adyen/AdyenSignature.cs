using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Adyen;

/// <summary>
/// <c>additionalData.hmacSignature</c> of every item of a webhook, over eight of its fields; and basic authentication, once both of its
/// parts were entered.
/// </summary>
/// <remarks>
/// Source: https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures and HmacValidator of
/// adyen-dotnet-api-library, which escapes nothing. No time is signed: a webhook that is sent again is known by what it tells.
/// </remarks>
internal static partial class AdyenSignature
{
    public static bool IsGenuine(WebhookRequest request, AdyenNotification? notification, Connection connection)
    {
        // Another key than Adyen's fits nothing: what is no hex would be an empty key.
        var keys = connection.LiveSecrets("hmac_key").Where(key => KeyShape().IsMatch(key.Reveal())).ToList();
        return notification is { NotificationItems: { Count: > 0 } items } && IsCaller(request, connection)
            && items.All(entry => Signatures.Any(
                keys, key => Sign(entry.Item, key), [entry.Item.Additional("hmacSignature") ?? ""], Signatures.SameBase64));
    }

    /// <summary>What the item is signed with.</summary>
    public static byte[] Sign(AdyenItem item, Secret key) => HMACSHA256.HashData(
        Convert.FromHexString(key.Reveal()),
        Encoding.UTF8.GetBytes(string.Join(
            ':', item.PspReference, item.OriginalReference, item.MerchantAccountCode, item.MerchantReference,
            item.Amount?.Value?.ToString(CultureInfo.InvariantCulture), item.Amount?.Currency, item.EventCode, item.Success)));

    private static bool IsCaller(WebhookRequest request, Connection connection) =>
        connection.FindValue("webhook_username") is not { } user || connection.FindSecret("webhook_password") is not { } password
        || Signatures.Same(
            Encoding.UTF8.GetBytes(BasicAuthentication.Of(user, password).ToString()),
            Encoding.UTF8.GetBytes(request.Header("Authorization") ?? ""));

    [GeneratedRegex("^[0-9A-Fa-f]{64}$")]
    private static partial Regex KeyShape();
}
