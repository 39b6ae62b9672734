using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Mollie;

/// <param name="Value">Major units with the currency's decimals: <c>10.99</c>, <c>1000</c> for JPY.</param>
internal sealed record MollieAmount(string Currency, string Value);

/// <summary>A payment, as far as the hub reads it. https://docs.mollie.com/reference/get-payment</summary>
internal sealed record MolliePayment
{
    public required string Id { get; init; }

    /// <summary><c>test</c> or <c>live</c>.</summary>
    public string? Mode { get; init; }

    public required string Status { get; init; }

    public bool? IsCancelable { get; init; }

    public required MollieAmount Amount { get; init; }

    public MollieAmount? AmountRefunded { get; init; }

    public MollieAmount? AmountCaptured { get; init; }

    public MollieAmount? AmountChargedBack { get; init; }

    /// <summary>Any JSON: other programs on the same profile write what they like.</summary>
    public JsonElement? Metadata { get; init; }

    public MollieReason? StatusReason { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    [JsonPropertyName("_links")]
    public MollieLinks? Links { get; init; }

    [JsonPropertyName("_embedded")]
    public MollieLists? Embedded { get; init; }
}

internal sealed record MollieReason(string? Code = null, string? Message = null);

internal sealed record MollieLinks
{
    /// <summary>The customer's page; null once the payment is not open any more.</summary>
    public MollieLink? Checkout { get; init; }

    /// <summary>Of a list: null on its last page.</summary>
    public MollieLink? Next { get; init; }
}

internal sealed record MollieLink(Uri Href);

/// <summary>https://docs.mollie.com/reference/get-refund</summary>
internal sealed record MollieRefund
{
    public required string Id { get; init; }

    public string? Mode { get; init; }

    public required string Status { get; init; }

    public required MollieAmount Amount { get; init; }

    public JsonElement? Metadata { get; init; }
}

/// <summary>https://docs.mollie.com/reference/get-capture</summary>
internal sealed record MollieCapture(string Id, string Status, MollieAmount? Amount = null);

/// <summary>https://docs.mollie.com/reference/get-chargeback</summary>
/// <param name="ReversedAt">When the money came back; null while it has not.</param>
internal sealed record MollieChargeback(
    string Id, MollieAmount? Amount = null, DateTimeOffset? ReversedAt = null, MollieReason? Reason = null);

/// <summary>The lists that are embedded in an answer.</summary>
internal sealed record MollieLists
{
    public IReadOnlyList<MolliePayment> Payments { get; init; } = [];

    public IReadOnlyList<MollieRefund> Refunds { get; init; } = [];

    public IReadOnlyList<MollieCapture> Captures { get; init; } = [];

    /// <summary>Null where it was not embedded.</summary>
    public IReadOnlyList<MollieChargeback>? Chargebacks { get; init; }

    public IReadOnlyList<MollieWebhook> Webhooks { get; init; } = [];
}

/// <summary>A page of a list, newest first. https://docs.mollie.com/reference/pagination</summary>
internal sealed record MolliePage
{
    [JsonPropertyName("_embedded")]
    public required MollieLists Embedded { get; init; }

    [JsonPropertyName("_links")]
    public MollieLinks? Links { get; init; }
}

internal sealed record MollieProfile(string Id, string Mode, string? Name = null);

internal sealed record MollieOrganization(string Id, string? Name = null);

/// <param name="WebhookSecret">Null but in the answer that it is made with.</param>
internal sealed record MollieWebhook(string Id, string? Url = null, string? WebhookSecret = null);

/// <summary>A next-gen webhook. https://docs.mollie.com/reference/webhooks-new</summary>
internal sealed record MollieEvent
{
    public required string Id { get; init; }

    /// <summary>For example <c>payment.paid</c>.</summary>
    public required string Type { get; init; }

    public required string EntityId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null where the webhook was made for the simple payload.</summary>
    [JsonPropertyName("_embedded")]
    public MollieEntity? Embedded { get; init; }
}

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
