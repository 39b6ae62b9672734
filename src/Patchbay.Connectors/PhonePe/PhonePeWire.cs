using System.Text.Json.Serialization;

namespace Patchbay.Connectors.PhonePe;

/// <param name="ExpiresAt">Seconds since 1970; <c>expires_in</c> is 0.</param>
internal sealed record PhonePeToken(string AccessToken, long ExpiresAt);

/// <summary>https://developer.phonepe.com/payment-gateway (order status); also what was just begun.</summary>
/// <param name="OrderId">PhonePe's.</param>
/// <param name="Amount">In paisa.</param>
/// <param name="RedirectUrl">PhonePe's page; only of what was just begun.</param>
/// <param name="PaymentDetails">The last try to pay.</param>
internal sealed record PhonePeOrder(
    string OrderId, string State, long? Amount = null, Uri? RedirectUrl = null,
    IReadOnlyList<PhonePeTry>? PaymentDetails = null, string? ErrorCode = null, string? DetailedErrorCode = null);

internal sealed record PhonePeTry(string? State = null, string? ErrorCode = null, string? DetailedErrorCode = null);

/// <param name="RefundId">PhonePe's.</param>
/// <param name="Amount">In paisa.</param>
internal sealed record PhonePeRefund(
    string RefundId, string State, long Amount, string? ErrorCode = null, string? DetailedErrorCode = null);

internal sealed record PhonePeError(string? Code = null, string? ErrorCode = null, string? Message = null);

/// <param name="Event">Its elder, <c>type</c>, is deprecated.</param>
internal sealed record PhonePeEvent(string Event, PhonePeNews? Payload = null);

/// <summary>What it is about; what it says of that is not read.</summary>
internal sealed record PhonePeNews(
    string? MerchantOrderId = null, string? OrderId = null, string? MerchantRefundId = null, string? RefundId = null);

/// <summary>https://developer.phonepe.com/payment-gateway (initiate payment)</summary>
/// <param name="ExpireAfter">Seconds, from 300 to 3600.</param>
internal sealed record PhonePePay(
    string MerchantOrderId, long Amount, int ExpireAfter, PhonePeMeta MetaInfo, PhonePeFlow PaymentFlow,
    PhonePePrefill? PrefillUserLoginDetails);

/// <param name="Udf1">The caller's own reference.</param>
/// <param name="Udf2">The customer's id at the caller's.</param>
internal sealed record PhonePeMeta(string Udf1, string? Udf2);

internal sealed record PhonePeFlow(string? Message, PhonePeUrls MerchantUrls)
{
    public string Type => "PG_CHECKOUT";
}

internal sealed record PhonePeUrls(string RedirectUrl);

/// <param name="PhoneNumber">Ten digits.</param>
internal sealed record PhonePePrefill(string PhoneNumber);

/// <summary>https://developer.phonepe.com/payment-gateway (refund)</summary>
internal sealed record PhonePeRefundOrder(string MerchantRefundId, string OriginalMerchantOrderId, long Amount);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PhonePeOrder))]
[JsonSerializable(typeof(PhonePeRefund))]
[JsonSerializable(typeof(PhonePeError))]
[JsonSerializable(typeof(PhonePeEvent))]
[JsonSerializable(typeof(PhonePePay))]
[JsonSerializable(typeof(PhonePeRefundOrder))]
internal sealed partial class PhonePeJson : JsonSerializerContext;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PhonePeToken))]
internal sealed partial class PhonePeTokenJson : JsonSerializerContext;
