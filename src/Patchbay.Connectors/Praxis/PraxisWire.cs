using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Praxis;

/// <summary>Every answer: what was asked for, or why not.</summary>
/// <param name="Status">0 for done, above it a refusal, below it a fault of Praxis.</param>
/// <param name="RedirectUrl">Of a session that was just opened: its page.</param>
/// <param name="Transaction">One, a list, or null while nobody has tried to pay; what a search gives is unconfirmed.</param>
internal sealed record PraxisAnswer(
    int Status, string? Description = null, Uri? RedirectUrl = null, PraxisSession? Session = null,
    [property: JsonConverter(typeof(PraxisOneOrMany))] IReadOnlyList<PraxisTransaction>? Transaction = null,
    [property: JsonConverter(typeof(PraxisOneOrMany))] IReadOnlyList<PraxisTransaction>? Transactions = null);

/// <summary>What the cashier was opened for. https://doc.praxiscashier.com/integration_docs/latest/cashier_api/cashier</summary>
/// <param name="OrderId">The hub's id of the payment, the refund or the payout.</param>
/// <param name="SessionStatus"><c>open</c>, <c>successful</c>, <c>failed</c>, <c>expired</c>, or that something is to be done.</param>
/// <param name="AuthToken">Of a session that was just opened: opens it in the merchant's page.</param>
/// <param name="Cid">Names the customer.</param>
internal sealed record PraxisSession(
    string? OrderId = null, string? Intent = null, string? SessionStatus = null, string? AuthToken = null, string? Currency = null,
    long? Amount = null, string? Cid = null);

/// <summary>One try to move money. Amounts in minor units.</summary>
/// <param name="Tid">Praxis's id.</param>
/// <param name="TransactionType"><c>sale</c>, <c>authorization</c>, <c>payout</c> or <c>refund</c>.</param>
/// <param name="ProcessedCurrency">In which the money was moved: with a conversion another than the session's.</param>
internal sealed record PraxisTransaction(
    long Tid, string? TransactionType, string TransactionStatus, string? Currency = null, long? Amount = null,
    string? ProcessedCurrency = null, long? ProcessedAmount = null, JsonElement? StatusCode = null, string? StatusDetails = null);

/// <summary>https://doc.praxiscashier.com/integration_docs/latest/webhooks/notification</summary>
/// <param name="Event">Only of notices about subscriptions.</param>
internal sealed record PraxisNotification(
    long Timestamp, PraxisSession? Session = null,
    [property: JsonConverter(typeof(PraxisOneOrMany))] IReadOnlyList<PraxisTransaction>? Transaction = null, string? Event = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PraxisAnswer))]
[JsonSerializable(typeof(PraxisTransaction))]
[JsonSerializable(typeof(PraxisNotification))]
[JsonSerializable(typeof(PraxisCashierOrder))]
[JsonSerializable(typeof(PraxisFindOrder))]
[JsonSerializable(typeof(PraxisRefundOrder))]
[JsonSerializable(typeof(PraxisWithdrawalOrder))]
internal sealed partial class PraxisJson : JsonSerializerContext;
