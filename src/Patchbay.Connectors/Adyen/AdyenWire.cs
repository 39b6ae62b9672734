using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Adyen;

/// <param name="Currency">Null, as the value, only in webhooks about what has no amount.</param>
/// <param name="Value">Minor units, Adyen's: see <see cref="AdyenAmounts"/>.</param>
internal sealed record AdyenAmount(string? Currency = null, long? Value = null);

/// <param name="MerchantReference">The caller's own.</param>
internal sealed record AdyenMetadata(
    string Reference, [property: JsonPropertyName("merchant_reference")] string MerchantReference);

/// <summary>https://docs.adyen.com/api-explorer/Checkout/71/post/paymentLinks</summary>
internal sealed record AdyenLinkOrder(
    string MerchantAccount, AdyenAmount Amount, string Reference, string Description, string? ReturnUrl, string? ExpiresAt,
    string? CountryCode, string? ShopperReference, string? ShopperEmail, string? TelephoneNumber, AdyenMetadata Metadata,
    bool? ManualCapture, int? CaptureDelayHours);

/// <summary>https://docs.adyen.com/api-explorer/Checkout/71/get/paymentLinks/(linkId)</summary>
/// <param name="Url">The customer's page.</param>
internal sealed record AdyenLink(string Id, string Status, AdyenAmount Amount, string Reference, Uri? Url = null);

/// <summary>https://docs.adyen.com/api-explorer/Checkout/71/patch/paymentLinks/(linkId)</summary>
internal sealed record AdyenLinkChange(string Status);

/// <summary>
/// https://docs.adyen.com/api-explorer/Checkout/71/post/payments/(paymentPspReference)/captures, .../cancels and .../refunds
/// </summary>
internal sealed record AdyenModification(
    string MerchantAccount, string Reference, AdyenAmount? Amount = null, string? MerchantRefundReason = null);

/// <summary>That a modification was received, and no more: what becomes of it, a webhook tells.</summary>
/// <param name="PspReference">Of the modification.</param>
internal sealed record AdyenReceived(string PspReference, string Status);

/// <summary>https://docs.adyen.com/api-explorer/Checkout/71/post/paymentMethods</summary>
internal sealed record AdyenMerchant(string MerchantAccount);

/// <summary>https://docs.adyen.com/api-explorer/Management/3/post/merchants/(merchantId)/webhooks</summary>
internal sealed record AdyenWebhookOrder(
    string Type, string Url, bool Active, string CommunicationFormat, string? Username, string? Password, string Description);

internal sealed record AdyenWebhook(string Id, string? Url = null);

internal sealed record AdyenWebhookPage(int PagesTotal, IReadOnlyList<AdyenWebhook>? Data = null);

internal sealed record AdyenHmacKey(string HmacKey);

/// <summary>Of either API. https://docs.adyen.com/development-resources/error-codes</summary>
/// <param name="Message">The Checkout API's words.</param>
/// <param name="Detail">The Management API's.</param>
internal sealed record AdyenError(
    string? ErrorCode = null, string? Message = null, string? Detail = null, string? Title = null, string? PspReference = null);

/// <summary>A standard webhook. https://docs.adyen.com/development-resources/webhooks/webhook-types</summary>
/// <param name="Live"><c>true</c> or <c>false</c>, as a text.</param>
internal sealed record AdyenNotification(IReadOnlyList<AdyenNotificationEntry> NotificationItems, string? Live = null);

internal sealed record AdyenNotificationEntry(
    [property: JsonPropertyName("NotificationRequestItem")] AdyenItem Item);

/// <summary>One thing that happened.</summary>
/// <param name="PspReference">Of the payment, or of the modification.</param>
/// <param name="OriginalReference">Of the payment, where it is about a modification.</param>
/// <param name="MerchantReference">What was sent along: see <see cref="AdyenReference"/>.</param>
/// <param name="Success"><c>true</c> or <c>false</c>, as a text.</param>
/// <param name="AdditionalData">Texts by name, as a rule.</param>
internal sealed record AdyenItem(
    string EventCode, string? PspReference = null, string? OriginalReference = null, string? MerchantAccountCode = null,
    string? MerchantReference = null, AdyenAmount? Amount = null, string? EventDate = null, string? Success = null,
    string? Reason = null, IReadOnlyDictionary<string, JsonElement>? AdditionalData = null)
{
    public string? Additional(string name) =>
        AdditionalData?.GetValueOrDefault(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AdyenLinkOrder))]
[JsonSerializable(typeof(AdyenLink))]
[JsonSerializable(typeof(AdyenLinkChange))]
[JsonSerializable(typeof(AdyenModification))]
[JsonSerializable(typeof(AdyenReceived))]
[JsonSerializable(typeof(AdyenMerchant))]
[JsonSerializable(typeof(AdyenWebhookOrder))]
[JsonSerializable(typeof(AdyenWebhook))]
[JsonSerializable(typeof(AdyenWebhookPage))]
[JsonSerializable(typeof(AdyenHmacKey))]
[JsonSerializable(typeof(AdyenError))]
[JsonSerializable(typeof(AdyenNotification))]
internal sealed partial class AdyenJson : JsonSerializerContext;
