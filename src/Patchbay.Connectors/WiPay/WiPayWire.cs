using System.Text.Json.Serialization;

namespace Patchbay.Connectors.WiPay;

/// <summary>A request for a payment that was made.</summary>
internal sealed record WiPayOpened(string? Url = null, string? Message = null, string? TransactionId = null);

internal sealed record WiPayError(string? Message = null);

/// <summary>A refund that was requested; nothing of it but a text is told.</summary>
internal sealed record WiPayRequested(string Message);

/// <summary>What the hub gives along, and gets back unchanged. https://docs.wipayfinancial.com (Payments API, <c>data</c>)</summary>
/// <param name="Total">As it was asked for, before fees.</param>
/// <param name="Return">Where the customer goes on; null for nowhere.</param>
/// <param name="Reference">The caller's own reference.</param>
/// <param name="Proof">That the hub wrote the others: <see cref="WiPayProof"/>.</param>
internal sealed record WiPayData(string Total, string? Return = null, string? Reference = null, string Proof = "");

/// <summary>Of WAPI.</summary>
internal sealed record WiPayAnswer(WiPayTransaction? Data = null);

internal sealed record WiPayList(IReadOnlyList<WiPayTransaction>? Data = null);

/// <summary>A transaction, of WAPI and of a webhook.</summary>
/// <param name="Total">What was paid, fees that the customer bears included.</param>
/// <param name="Data">A text that holds <see cref="WiPayData"/>; of webhooks.</param>
internal sealed record WiPayTransaction(
    string? TransactionId = null, string? OrderId = null, string? Status = null, string? StatusDesc = null, decimal? Total = null,
    string? Currency = null, string? Data = null);

/// <summary>https://docs.wipayfinancial.com (Webhooks)</summary>
internal sealed record WiPayEvent(string? Event = null, DateTimeOffset? OccurredAt = null, WiPayTransaction? Data = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WiPayOpened))]
[JsonSerializable(typeof(WiPayError))]
[JsonSerializable(typeof(WiPayRequested))]
[JsonSerializable(typeof(WiPayData))]
[JsonSerializable(typeof(WiPayAnswer))]
[JsonSerializable(typeof(WiPayList))]
[JsonSerializable(typeof(WiPayEvent))]
internal sealed partial class WiPayJson : JsonSerializerContext;
