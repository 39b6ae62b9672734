using System.Text.Json.Serialization;

namespace Patchbay.Connectors.PayPal;

/// <summary>An amount as payouts have it; elsewhere PayPal calls the currency <c>currency_code</c>.</summary>
internal sealed record PayPalPayoutMoney(string Currency, string Value);

/// <summary>https://developer.paypal.com/docs/api/payments.payouts-batch/v1/#payouts_post</summary>
internal sealed record PayPalPayoutRequest(PayPalSenderBatch SenderBatchHeader, IReadOnlyList<PayPalPayoutOrder> Items);

internal sealed record PayPalSenderBatch(string? SenderBatchId = null);

internal sealed record PayPalPayoutOrder(string RecipientType, string Receiver, PayPalPayoutMoney Amount, string SenderItemId);

/// <summary>https://developer.paypal.com/docs/api/payments.payouts-batch/v1/#payouts_get</summary>
internal sealed record PayPalPayoutBatch(PayPalBatchHeader BatchHeader, IReadOnlyList<PayPalPayoutItem>? Items = null);

internal sealed record PayPalBatchHeader(string PayoutBatchId, string BatchStatus, PayPalSenderBatch? SenderBatchHeader = null);

/// <summary>An item of a batch, also the resource of the webhooks about it.</summary>
internal sealed record PayPalPayoutItem
{
    public required string PayoutBatchId { get; init; }

    public string? TransactionStatus { get; init; }

    public PayPalPayoutMoney? PayoutItemFee { get; init; }

    public PayPalSentItem? PayoutItem { get; init; }

    public PayPalError? Errors { get; init; }
}

internal sealed record PayPalSentItem(string? SenderItemId = null);

/// <summary>A refusal of the payouts API: its name is the code, the issues are sentences.</summary>
internal sealed record PayPalPayoutError(
    string? Name = null, string? Message = null, string? DebugId = null, IReadOnlyList<PayPalPayoutIssue>? Details = null);

internal sealed record PayPalPayoutIssue(string? Field = null, string? Issue = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PayPalPayoutRequest))]
[JsonSerializable(typeof(PayPalPayoutBatch))]
[JsonSerializable(typeof(PayPalPayoutItem))]
[JsonSerializable(typeof(PayPalPayoutError))]
internal sealed partial class PayPalPayoutJson : JsonSerializerContext;
