using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Mollie;

/// <param name="Value">Major units with the currency's decimals: <c>10.99</c>, <c>1000</c> for JPY.</param>
internal sealed record MollieAmount(string Currency, string Value);

/// <summary>A payment, as far as the hub reads it. https://docs.mollie.com/reference/get-payment</summary>
/// <param name="Mode"><c>test</c> or <c>live</c>.</param>
/// <param name="Metadata">Any JSON: other programs on the same profile write what they like.</param>
internal sealed record MolliePayment(
    string Id,
    string Status,
    MollieAmount Amount,
    MollieAmount? AmountRefunded = null,
    MollieAmount? AmountCaptured = null,
    MollieAmount? AmountChargedBack = null,
    string? Mode = null,
    bool? IsCancelable = null,
    JsonElement? Metadata = null,
    MollieReason? StatusReason = null,
    DateTimeOffset? CreatedAt = null,
    [property: JsonPropertyName("_links")] MollieLinks? Links = null,
    [property: JsonPropertyName("_embedded")] MollieLists? Embedded = null);

internal sealed record MollieReason(string? Code = null, string? Message = null);

/// <param name="Checkout">Of a payment: the customer's page; null once it is not open any more.</param>
/// <param name="Next">Of a list: null on its last page.</param>
internal sealed record MollieLinks(MollieLink? Checkout = null, MollieLink? Next = null);

internal sealed record MollieLink(Uri Href);

/// <summary>https://docs.mollie.com/reference/get-refund</summary>
internal sealed record MollieRefund(string Id, string Status, MollieAmount Amount, string? Mode = null, JsonElement? Metadata = null);

/// <summary>https://docs.mollie.com/reference/get-capture</summary>
internal sealed record MollieCapture(string Id, string Status, MollieAmount? Amount = null);

/// <summary>https://docs.mollie.com/reference/get-chargeback</summary>
/// <param name="ReversedAt">When the money came back; null while it has not.</param>
internal sealed record MollieChargeback(
    string Id, MollieAmount? Amount = null, DateTimeOffset? ReversedAt = null, MollieReason? Reason = null);

/// <summary>The lists that are embedded in an answer; null those that are not.</summary>
internal sealed record MollieLists(
    IReadOnlyList<MolliePayment>? Payments = null,
    IReadOnlyList<MollieRefund>? Refunds = null,
    IReadOnlyList<MollieCapture>? Captures = null,
    IReadOnlyList<MollieChargeback>? Chargebacks = null,
    IReadOnlyList<MollieWebhook>? Webhooks = null);

/// <summary>A page of a list, newest first. https://docs.mollie.com/reference/pagination</summary>
internal sealed record MolliePage(
    [property: JsonPropertyName("_embedded")] MollieLists Embedded, [property: JsonPropertyName("_links")] MollieLinks? Links = null);

internal sealed record MollieProfile(string Id, string Mode, string? Name = null);

internal sealed record MollieOrganization(string Id, string? Name = null);

/// <param name="WebhookSecret">Null but in the answer that it is made with.</param>
internal sealed record MollieWebhook(string Id, string? Url = null, string? WebhookSecret = null);

/// <summary>A next-gen webhook. https://docs.mollie.com/reference/webhooks-new</summary>
/// <param name="Type">For example <c>payment.paid</c>.</param>
/// <param name="Embedded">Null where the webhook was made for the simple payload.</param>
internal sealed record MollieEvent(
    string Id, string Type, string EntityId, DateTimeOffset? CreatedAt = null,
    [property: JsonPropertyName("_embedded")] MollieEntity? Embedded = null);

internal sealed record MollieEntity(JsonElement Entity);

/// <summary>What captures and chargebacks say of their payment.</summary>
internal sealed record MolliePart(string? PaymentId = null);

/// <summary>https://docs.mollie.com/reference/handling-errors</summary>
/// <param name="Field">Of the request; null when it is none's fault.</param>
internal sealed record MollieError(string? Title = null, string? Detail = null, string? Field = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MolliePayment))]
[JsonSerializable(typeof(MollieRefund))]
[JsonSerializable(typeof(MollieCapture))]
[JsonSerializable(typeof(MolliePage))]
[JsonSerializable(typeof(MollieProfile))]
[JsonSerializable(typeof(MollieOrganization))]
[JsonSerializable(typeof(MollieWebhook))]
[JsonSerializable(typeof(MollieEvent))]
[JsonSerializable(typeof(MolliePart))]
[JsonSerializable(typeof(MollieError))]
[JsonSerializable(typeof(MolliePaymentOrder))]
[JsonSerializable(typeof(MollieMoneyOrder))]
[JsonSerializable(typeof(MollieWebhookOrder))]
[JsonSerializable(typeof(MollieEmptyOrder))]
internal sealed partial class MollieJson : JsonSerializerContext;
