using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Cashfree;

/// <summary>https://www.cashfree.com/docs/api-reference/payments/latest/orders/</summary>
/// <param name="OrderId">The hub's id of the payment.</param>
/// <param name="PaymentSessionId">What the checkout script is opened with.</param>
internal sealed record CashfreeOrder(
    string OrderId, string? OrderStatus = null, decimal? OrderAmount = null, string? OrderCurrency = null,
    string? PaymentSessionId = null);

/// <summary>One try to pay an order, of which there may be several.</summary>
/// <param name="IsCaptured">False: only reserved. Null: not told.</param>
internal sealed record CashfreePayment(
    string PaymentStatus, bool? IsCaptured = null, string? PaymentMessage = null, CashfreeErrorDetails? ErrorDetails = null);

internal sealed record CashfreeErrorDetails(string? ErrorCode = null, string? ErrorDescription = null);

/// <param name="RefundCharge">What Cashfree charges for it; zero for nothing.</param>
internal sealed record CashfreeRefund(
    string RefundId, string? RefundStatus = null, decimal? RefundAmount = null, string? RefundCurrency = null, decimal? RefundCharge = null,
    string? StatusDescription = null, string? OrderId = null);

/// <param name="DisputeId">A number, or a text.</param>
internal sealed record CashfreeDispute(
    JsonElement DisputeId, string DisputeStatus, decimal? DisputeAmount = null, string? DisputeAmountCurrency = null,
    string? ReasonCode = null);

/// <summary>https://www.cashfree.com/docs/api-reference/payouts/v2/transfers-v2/; also what webhooks about them carry.</summary>
/// <param name="TransferId">The hub's id of the payout.</param>
internal sealed record CashfreeTransfer(
    string TransferId, string Status, string? StatusCode = null, string? StatusDescription = null, decimal? TransferServiceCharge = null,
    decimal? TransferServiceTax = null);

/// <param name="Type">For example <c>invalid_request_error</c>.</param>
internal sealed record CashfreeError(string? Message = null, string? Code = null, string? Type = null);

/// <summary>https://www.cashfree.com/docs/api-reference/webhooks/</summary>
/// <param name="EventTime">Of payouts without a zone, and not read.</param>
internal sealed record CashfreeEvent(string Type, JsonElement Data, string? EventTime = null);

/// <summary>What the webhooks of the payment gateway carry; null what is not there.</summary>
/// <param name="AutoRefund">Where refunds are that Cashfree makes by itself (unconfirmed).</param>
internal sealed record CashfreeNews(
    CashfreeOrder? Order = null, CashfreePayment? Payment = null, CashfreeErrorDetails? ErrorDetails = null, CashfreeRefund? Refund = null,
    CashfreeRefund? AutoRefund = null, CashfreeDispute? Dispute = null, CashfreeOrder? OrderDetails = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CashfreeOrder))]
[JsonSerializable(typeof(IReadOnlyList<CashfreePayment>))]
[JsonSerializable(typeof(CashfreeRefund))]
[JsonSerializable(typeof(IReadOnlyList<CashfreeRefund>))]
[JsonSerializable(typeof(CashfreeTransfer))]
[JsonSerializable(typeof(CashfreeError))]
[JsonSerializable(typeof(CashfreeEvent))]
[JsonSerializable(typeof(CashfreeNews))]
[JsonSerializable(typeof(CashfreeOrderRequest))]
[JsonSerializable(typeof(CashfreeTermination))]
[JsonSerializable(typeof(CashfreeRefundRequest))]
[JsonSerializable(typeof(CashfreeTransferRequest))]
internal sealed partial class CashfreeJson : JsonSerializerContext;
