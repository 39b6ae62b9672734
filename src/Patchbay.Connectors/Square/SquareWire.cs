using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Square;

/// <param name="Amount">Smallest units of the currency: cents, whole yen.</param>
internal sealed record SquareMoney(long Amount, string Currency);

internal sealed record SquareItem(string Name, string Quantity, SquareMoney BasePriceMoney);

/// <param name="MerchantReference">The caller's own.</param>
internal sealed record SquareMetadata(string MerchantReference);

/// <param name="ReferenceId">At most 40 characters.</param>
internal sealed record SquareOrder(
    string LocationId, string ReferenceId, IReadOnlyList<SquareItem> LineItems, SquareMetadata Metadata);

internal sealed record SquareCheckoutOptions(string? RedirectUrl);

internal sealed record SquareBuyer(string? BuyerEmail);

/// <summary>https://developer.squareup.com/reference/square/checkout-api/create-payment-link</summary>
/// <param name="PaymentNote">Comes back as the note of the payment.</param>
internal sealed record SquareLinkOrder(
    string IdempotencyKey, SquareOrder Order, SquareCheckoutOptions? CheckoutOptions, SquareBuyer? PrePopulatedData, string PaymentNote);

internal sealed record SquareLinkReply(SquareLink PaymentLink);

/// <param name="OrderId">By which its payment is found.</param>
/// <param name="Url">The customer's page.</param>
internal sealed record SquareLink(string Id, string OrderId, Uri? Url = null);

/// <summary>https://developer.squareup.com/reference/square/checkout-api/delete-payment-link</summary>
/// <param name="CancelledOrderId">Null when no order was canceled with it.</param>
internal sealed record SquareDeleted(string Id, string? CancelledOrderId = null);

internal sealed record SquareOrderReply(SquareOrderState Order);

/// <summary>https://developer.squareup.com/reference/square/objects/Order</summary>
/// <param name="Tenders">What was paid on it; null or empty before.</param>
internal sealed record SquareOrderState(string Id, string State, IReadOnlyList<SquareTender>? Tenders = null);

/// <param name="PaymentId">The same as the tender's own id, as a rule.</param>
internal sealed record SquareTender(string? Id = null, string? PaymentId = null);

internal sealed record SquarePaymentReply(SquarePayment Payment);

/// <summary>https://developer.squareup.com/reference/square/objects/Payment</summary>
/// <param name="Note">What the link said, for payments of links.</param>
/// <param name="RefundIds">Null when there are none.</param>
internal sealed record SquarePayment(
    string Id, string Status, SquareMoney AmountMoney, SquareMoney? RefundedMoney = null, string? OrderId = null, string? Note = null,
    DateTimeOffset? UpdatedAt = null, IReadOnlyList<SquareFee>? ProcessingFee = null, SquareCard? CardDetails = null,
    IReadOnlyList<string>? RefundIds = null);

internal sealed record SquareFee(SquareMoney? AmountMoney = null);

internal sealed record SquareCard(IReadOnlyList<SquareError>? Errors = null);

/// <summary>https://developer.squareup.com/reference/square/refunds-api/refund-payment</summary>
internal sealed record SquareRefundOrder(string IdempotencyKey, string PaymentId, SquareMoney AmountMoney, string Reason);

internal sealed record SquareRefundReply(SquareRefund Refund);

/// <summary>https://developer.squareup.com/reference/square/objects/PaymentRefund</summary>
internal sealed record SquareRefund(
    string Id, string Status, SquareMoney AmountMoney, string? Reason = null, DateTimeOffset? UpdatedAt = null);

/// <summary>https://developer.squareup.com/reference/square/objects/Dispute</summary>
internal sealed record SquareDispute(
    string Id, string State, SquareMoney? AmountMoney = null, string? Reason = null, SquareDisputed? DisputedPayment = null,
    DateTimeOffset? UpdatedAt = null);

internal sealed record SquareDisputed(string? PaymentId = null);

internal sealed record SquareLocations(IReadOnlyList<SquareLocation>? Locations = null);

internal sealed record SquareLocation(string Id, string? Name = null, string? Status = null);

/// <summary>https://developer.squareup.com/reference/square/webhook-subscriptions-api</summary>
internal sealed record SquareSubscriptionOrder(SquareSubscription Subscription);

internal sealed record SquareSubscriptionReply(SquareSubscription Subscription);

internal sealed record SquareSubscriptions(IReadOnlyList<SquareSubscription>? Subscriptions = null, string? Cursor = null);

/// <param name="SignatureKey">Told when it is made.</param>
internal sealed record SquareSubscription(
    string? Id = null, string? Name = null, IReadOnlyList<string>? EventTypes = null, string? NotificationUrl = null,
    string? ApiVersion = null, string? SignatureKey = null);

internal sealed record SquareErrors(IReadOnlyList<SquareError>? Errors = null);

/// <summary>https://developer.squareup.com/docs/build-basics/general-considerations/handling-errors</summary>
internal sealed record SquareError(string? Category = null, string? Code = null, string? Detail = null);

/// <summary>A webhook. https://developer.squareup.com/docs/webhooks/overview</summary>
/// <param name="Data">Read on its own: what the hub does not follow may have any form.</param>
internal sealed record SquareEvent(string EventId, string Type, JsonElement? Data = null);

internal sealed record SquareEventData(SquareObject? Object = null);

/// <summary>One of these.</summary>
internal sealed record SquareObject(SquarePayment? Payment = null, SquareRefund? Refund = null, SquareDispute? Dispute = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SquareLinkOrder))]
[JsonSerializable(typeof(SquareLinkReply))]
[JsonSerializable(typeof(SquarePaymentReply))]
[JsonSerializable(typeof(SquareDeleted))]
[JsonSerializable(typeof(SquareOrderReply))]
[JsonSerializable(typeof(SquareRefundOrder))]
[JsonSerializable(typeof(SquareRefundReply))]
[JsonSerializable(typeof(SquareLocations))]
[JsonSerializable(typeof(SquareSubscriptionOrder))]
[JsonSerializable(typeof(SquareSubscriptionReply))]
[JsonSerializable(typeof(SquareSubscriptions))]
[JsonSerializable(typeof(SquareErrors))]
[JsonSerializable(typeof(SquareEvent))]
[JsonSerializable(typeof(SquareEventData))]
internal sealed partial class SquareJson : JsonSerializerContext;
