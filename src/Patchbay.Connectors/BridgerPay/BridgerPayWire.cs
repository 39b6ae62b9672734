using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.BridgerPay;

/// <summary>The envelope of every answer.</summary>
/// <param name="Result">What was asked for; of a refusal, a list of the fields that were not taken.</param>
internal sealed record BridgerPayAnswer(BridgerPayResponse? Response = null, JsonElement? Result = null);

/// <param name="Status">In a word, such as <c>BadRequest</c>.</param>
/// <param name="Code">As the HTTP status.</param>
internal sealed record BridgerPayResponse(string? Status = null, int? Code = null, string? Message = null);

internal sealed record BridgerPayEntrance(BridgerPayToken AccessToken);

/// <param name="ExpiresIn">Seconds.</param>
internal sealed record BridgerPayToken(string Token, int? ExpiresIn = null);

/// <param name="CashierToken">Opens this one payment in the script.</param>
internal sealed record BridgerPaySession(string CashierToken);

internal sealed record BridgerPayDeposits(BridgerPayDeposit Deposit);

/// <summary>How the tries to pay an order went, as BridgerPay's database has it.</summary>
/// <param name="Amount">Major units.</param>
internal sealed record BridgerPayDeposit(
    string? Status, decimal? Amount = null, string? Currency = null, string? MerchantOrderId = null, JsonElement? DeclineCode = null,
    string? DeclineReason = null);

internal sealed record BridgerPayRefund(
    string? Status, JsonElement? RefundTransactionId = null, decimal? Amount = null, string? Currency = null);

/// <summary>What can pay out in a country and a currency.</summary>
internal sealed record BridgerPayProviders(IReadOnlyList<BridgerPayProvider>? Providers = null);

internal sealed record BridgerPayProvider(string? Name = null, string? PayoutMethodType = null);

/// <param name="MerchantOrderId">The hub's id; in which of the two fields a search has it is unconfirmed.</param>
internal sealed record BridgerPayPayout(
    JsonElement? Id = null, string? Status = null, string? MerchantOrderId = null, string? OrderId = null, JsonElement? DeclineCode = null,
    string? DeclineReason = null);

/// <summary>A notification.</summary>
internal sealed record BridgerPayNotice(BridgerPayHook? Webhook = null, BridgerPayNews? Data = null, BridgerPayMeta? Meta = null);

internal sealed record BridgerPayHook(string? Type = null);

/// <param name="OrderId">The hub's id of the payment or the payout.</param>
internal sealed record BridgerPayNews(string? OrderId = null, BridgerPayCharge? Charge = null);

/// <param name="RefundId">By which it is given back, where <paramref name="IsRefundable"/> says that it can be.</param>
/// <param name="OperationType"><c>deposit</c>, <c>refund</c> or <c>payout</c>.</param>
internal sealed record BridgerPayCharge(bool? IsRefundable = null, JsonElement? RefundId = null, string? OperationType = null);

/// <param name="Payload">The hub's own text, handed back.</param>
internal sealed record BridgerPayMeta(string? Payload = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BridgerPayAnswer))]
[JsonSerializable(typeof(BridgerPayEntrance))]
[JsonSerializable(typeof(BridgerPaySession))]
[JsonSerializable(typeof(BridgerPayDeposits))]
[JsonSerializable(typeof(BridgerPayRefund))]
[JsonSerializable(typeof(BridgerPayProviders))]
[JsonSerializable(typeof(BridgerPayPayout))]
[JsonSerializable(typeof(BridgerPayNotice))]
[JsonSerializable(typeof(BridgerPayLogin))]
[JsonSerializable(typeof(BridgerPaySessionOrder))]
[JsonSerializable(typeof(BridgerPayPayoutOrder))]
internal sealed partial class BridgerPayJson : JsonSerializerContext;
