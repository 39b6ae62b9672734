using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Razorpay;

/// <summary>https://razorpay.com/docs/api/payments/payment-links/</summary>
/// <param name="Payments">The captured ones; null, or no list, as long as there is none.</param>
/// <param name="OrderId">Of the order behind it; in some answers only (unconfirmed).</param>
internal sealed record RazorpayLink(
    string Id, string Status, string? ShortUrl = null, string? ReferenceId = null, string? OrderId = null, JsonElement? Payments = null);

/// <summary>https://razorpay.com/docs/api/orders/entity/</summary>
internal sealed record RazorpayOrder(string Id, string Status, string? Receipt = null);

/// <summary>https://razorpay.com/docs/api/payments/entity/</summary>
/// <param name="Captured">False: what was reserved was never taken.</param>
/// <param name="Notes">An object, but an empty list where there are none.</param>
/// <param name="Fee">In paise, taxes included; null before it was captured.</param>
internal sealed record RazorpayPayment(
    string Id,
    string Status,
    long Amount,
    string Currency,
    string? OrderId = null,
    long? AmountRefunded = null,
    bool? Captured = null,
    JsonElement? Notes = null,
    long? Fee = null,
    string? ErrorCode = null,
    string? ErrorDescription = null,
    string? ErrorReason = null);

/// <summary>https://razorpay.com/docs/api/refunds/entity/</summary>
internal sealed record RazorpayRefund(
    string Id, string Status, long Amount, string PaymentId, string? Currency = null, string? Receipt = null, JsonElement? Notes = null);

/// <summary>https://razorpay.com/docs/api/disputes/entity/; which fields webhooks have is unconfirmed.</summary>
internal sealed record RazorpayDispute(
    string Id, string? PaymentId = null, long? Amount = null, string? Currency = null, string? ReasonCode = null);

/// <summary>https://razorpay.com/docs/api/x/payouts/entity/</summary>
/// <param name="Fees">In paise, taxes included; zero until it is processed.</param>
internal sealed record RazorpayPayout(
    string Id, string Status, string? ReferenceId = null, long? Fees = null, RazorpayStatusDetails? StatusDetails = null);

internal sealed record RazorpayStatusDetails(string? Reason = null, string? Description = null);

internal sealed record RazorpayList<T>(IReadOnlyList<T> Items);

/// <summary>Under which of the two names the links are is unconfirmed.</summary>
internal sealed record RazorpayLinks(IReadOnlyList<RazorpayLink>? PaymentLinks = null, IReadOnlyList<RazorpayLink>? Items = null);

/// <summary>https://razorpay.com/docs/webhooks/</summary>
/// <param name="Event">For example <c>payment.captured</c>.</param>
internal sealed record RazorpayEvent(string Event, RazorpayPayload Payload, long? CreatedAt = null);

/// <summary>What the event is about, and what belongs to it; null what it does not have.</summary>
internal sealed record RazorpayPayload(
    RazorpayEntity<RazorpayPayment>? Payment = null,
    RazorpayEntity<RazorpayOrder>? Order = null,
    RazorpayEntity<RazorpayLink>? PaymentLink = null,
    RazorpayEntity<RazorpayRefund>? Refund = null,
    RazorpayEntity<RazorpayDispute>? Dispute = null,
    RazorpayEntity<RazorpayPayout>? Payout = null);

internal sealed record RazorpayEntity<T>(T Entity);

internal sealed record RazorpayErrorBody(RazorpayError Error);

internal sealed record RazorpayError(string? Code = null, string? Description = null, string? Field = null, string? Reason = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RazorpayLink))]
[JsonSerializable(typeof(RazorpayLinks))]
[JsonSerializable(typeof(RazorpayOrder))]
[JsonSerializable(typeof(RazorpayPayment))]
[JsonSerializable(typeof(RazorpayRefund))]
[JsonSerializable(typeof(RazorpayPayout))]
[JsonSerializable(typeof(RazorpayList<RazorpayOrder>))]
[JsonSerializable(typeof(RazorpayList<RazorpayPayment>))]
[JsonSerializable(typeof(RazorpayList<RazorpayRefund>))]
[JsonSerializable(typeof(RazorpayList<RazorpayPayout>))]
[JsonSerializable(typeof(RazorpayEvent))]
[JsonSerializable(typeof(RazorpayErrorBody))]
[JsonSerializable(typeof(RazorpayLinkRequest))]
[JsonSerializable(typeof(RazorpayOrderRequest))]
[JsonSerializable(typeof(RazorpayCaptureRequest))]
[JsonSerializable(typeof(RazorpayRefundRequest))]
[JsonSerializable(typeof(RazorpayPayoutRequest))]
[JsonSerializable(typeof(RazorpayNothing))]
internal sealed partial class RazorpayJson : JsonSerializerContext;
