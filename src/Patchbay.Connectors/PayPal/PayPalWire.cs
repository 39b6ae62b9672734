using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.PayPal;

internal sealed record PayPalMoney(string CurrencyCode, string Value);

/// <summary>https://developer.paypal.com/docs/api/orders/v2/#orders_create</summary>
internal sealed record PayPalOrderRequest(
    string Intent, IReadOnlyList<PayPalUnitRequest> PurchaseUnits, PayPalPaymentSource? PaymentSource);

internal sealed record PayPalUnitRequest(
    string ReferenceId, string CustomId, string InvoiceId, string Description, PayPalMoney Amount);

internal sealed record PayPalPaymentSource(PayPalWallet Paypal);

internal sealed record PayPalWallet(PayPalExperience ExperienceContext);

internal sealed record PayPalExperience(string ReturnUrl, string CancelUrl, string UserAction, string ShippingPreference);

internal sealed record PayPalEmpty;

internal sealed record PayPalCaptureRequest(PayPalMoney Amount, bool FinalCapture);

internal sealed record PayPalRefundRequest(PayPalMoney Amount, string InvoiceId, string CustomId);

/// <summary>https://developer.paypal.com/docs/api/orders/v2/#orders_get</summary>
internal sealed record PayPalOrder
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    public IReadOnlyList<PayPalUnit>? PurchaseUnits { get; init; }

    public IReadOnlyList<PayPalLink>? Links { get; init; }
}

internal sealed record PayPalUnit
{
    public string? CustomId { get; init; }

    public PayPalPaymentCollection? Payments { get; init; }
}

internal sealed record PayPalPaymentCollection
{
    public IReadOnlyList<PayPalTransaction>? Authorizations { get; init; }

    public IReadOnlyList<PayPalTransaction>? Captures { get; init; }

    public IReadOnlyList<PayPalTransaction>? Refunds { get; init; }
}

/// <summary>An authorization, a capture or a refund: they have the same form. https://developer.paypal.com/docs/api/payments/v2/</summary>
internal sealed record PayPalTransaction
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    public PayPalStatusDetails? StatusDetails { get; init; }

    public PayPalMoney? Amount { get; init; }

    public string? CustomId { get; init; }

    public PayPalReceivable? SellerReceivableBreakdown { get; init; }

    public PayPalSupplementaryData? SupplementaryData { get; init; }

    public IReadOnlyList<PayPalLink>? Links { get; init; }
}

internal sealed record PayPalStatusDetails(string? Reason = null);

/// <summary>Of a capture that is completed.</summary>
internal sealed record PayPalReceivable(PayPalMoney? PaypalFee = null);

internal sealed record PayPalSupplementaryData(PayPalRelatedIds? RelatedIds = null);

internal sealed record PayPalRelatedIds(string? OrderId = null);

internal sealed record PayPalLink(string Rel, string Href);

/// <summary>https://developer.paypal.com/docs/api/customer-disputes/v1/; its fields are unconfirmed for webhooks.</summary>
internal sealed record PayPalDispute
{
    public required string DisputeId { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public PayPalMoney? DisputeAmount { get; init; }

    public PayPalDisputeOutcome? DisputeOutcome { get; init; }

    public IReadOnlyList<PayPalDisputedTransaction>? DisputedTransactions { get; init; }
}

internal sealed record PayPalDisputeOutcome(string? OutcomeCode = null);

internal sealed record PayPalDisputedTransaction(string? SellerTransactionId = null, string? Custom = null);

/// <summary>The order that a reversed approval is of.</summary>
internal sealed record PayPalReversedApproval(string? OrderId = null, string? Id = null);

internal sealed record PayPalWebhookList(IReadOnlyList<PayPalWebhook>? Webhooks = null);

internal sealed record PayPalWebhook(string Url, IReadOnlyList<PayPalEventType> EventTypes, string? Id = null);

internal sealed record PayPalEventType(string Name);

internal sealed record PayPalEvent
{
    public required string Id { get; init; }

    public required string EventType { get; init; }

    public DateTimeOffset? CreateTime { get; init; }

    public required JsonElement Resource { get; init; }
}

/// <summary>https://developer.paypal.com/api/rest/responses/#error-responses</summary>
internal sealed record PayPalError(
    string? Name = null, string? Message = null, string? DebugId = null, IReadOnlyList<PayPalErrorDetail>? Details = null);

internal sealed record PayPalErrorDetail(string? Issue = null, string? Description = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PayPalOrderRequest))]
[JsonSerializable(typeof(PayPalEmpty))]
[JsonSerializable(typeof(PayPalCaptureRequest))]
[JsonSerializable(typeof(PayPalRefundRequest))]
[JsonSerializable(typeof(PayPalOrder))]
[JsonSerializable(typeof(PayPalTransaction))]
[JsonSerializable(typeof(PayPalDispute))]
[JsonSerializable(typeof(PayPalReversedApproval))]
[JsonSerializable(typeof(PayPalWebhookList))]
[JsonSerializable(typeof(PayPalWebhook))]
[JsonSerializable(typeof(PayPalEvent))]
[JsonSerializable(typeof(PayPalError))]
internal sealed partial class PayPalJson : JsonSerializerContext;
