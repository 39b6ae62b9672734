using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Stripe;

/// <summary>A PaymentIntent, as far as the hub reads it. https://docs.stripe.com/api/payment_intents/object</summary>
internal sealed record StripeIntent : IStripeObject
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    public required string Currency { get; init; }

    public long? AmountReceived { get; init; }

    public string? ClientSecret { get; init; }

    public StripeNextAction? NextAction { get; init; }

    public StripeError? LastPaymentError { get; init; }

    public StripeExpandable<StripeCharge>? LatestCharge { get; init; }

    public Dictionary<string, string>? Metadata { get; init; }
}

/// <summary>What the customer's bank asks for; null but for a page of its own.</summary>
internal sealed record StripeNextAction(StripeRedirect? RedirectToUrl);

internal sealed record StripeRedirect(Uri? Url);

/// <summary>A Checkout Session. https://docs.stripe.com/api/checkout/sessions/object</summary>
internal sealed record StripeSession : IStripeObject
{
    public required string Id { get; init; }

    public string? Status { get; init; }

    public required string PaymentStatus { get; init; }

    public Uri? Url { get; init; }

    public string? ClientReferenceId { get; init; }

    public StripeExpandable<StripeIntent>? PaymentIntent { get; init; }

    public Dictionary<string, string>? Metadata { get; init; }
}

/// <summary>A Charge: the money side of an intent. https://docs.stripe.com/api/charges/object</summary>
internal sealed record StripeCharge : IStripeObject
{
    public required string Id { get; init; }

    public required string Currency { get; init; }

    public long Amount { get; init; }

    public long AmountCaptured { get; init; }

    public long AmountRefunded { get; init; }

    public bool Captured { get; init; }

    public bool Disputed { get; init; }

    /// <summary>Null until the charge is settled with the account's balance.</summary>
    public StripeExpandable<StripeBalanceTransaction>? BalanceTransaction { get; init; }

    public StripeExpandable<StripeIntent>? PaymentIntent { get; init; }

    public Dictionary<string, string>? Metadata { get; init; }
}

/// <summary>https://docs.stripe.com/api/refunds/object</summary>
internal sealed record StripeRefund : IStripeObject
{
    public required string Id { get; init; }

    public string? Status { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public string? FailureReason { get; init; }

    public StripeExpandable<StripeBalanceTransaction>? BalanceTransaction { get; init; }

    public Dictionary<string, string>? Metadata { get; init; }
}

/// <summary>https://docs.stripe.com/api/payouts/object</summary>
internal sealed record StripePayout : IStripeObject
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    /// <summary>What put the money back into the balance; null while nothing did.</summary>
    public string? FailureBalanceTransaction { get; init; }

    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    public Dictionary<string, string>? Metadata { get; init; }
}

/// <summary>https://docs.stripe.com/api/disputes/object</summary>
internal sealed record StripeDispute : IStripeObject
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    public long Amount { get; init; }

    public string? Currency { get; init; }

    public string? Reason { get; init; }

    public StripeEvidenceDetails? EvidenceDetails { get; init; }

    /// <summary>Of the money that was held back, and given back; whole, without being asked for.</summary>
    public IReadOnlyList<StripeBalanceTransaction>? BalanceTransactions { get; init; }

    public StripeExpandable<StripeIntent>? PaymentIntent { get; init; }
}

/// <param name="DueBy">Unix time; zero or null when none is wanted.</param>
internal sealed record StripeEvidenceDetails(long? DueBy);

/// <summary>What something did to the account's balance. https://docs.stripe.com/api/balance_transactions/object</summary>
internal sealed record StripeBalanceTransaction : IStripeObject
{
    public required string Id { get; init; }

    /// <summary>Below zero where Stripe gives it back.</summary>
    public long Fee { get; init; }

    /// <summary>In which it is settled; the customer may have paid in another one.</summary>
    public required string Currency { get; init; }
}

/// <summary>A page of a list. https://docs.stripe.com/api/pagination</summary>
internal sealed record StripeList<T>
    where T : IStripeObject
{
    public required IReadOnlyList<T> Data { get; init; }

    public bool HasMore { get; init; }
}

internal sealed record StripeWebhookEndpoint : IStripeObject
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    /// <summary>Null but in the answer that it is made with.</summary>
    public string? Secret { get; init; }
}

internal sealed record StripeBalance
{
    public required bool Livemode { get; init; }
}

internal sealed record StripeEvent
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    /// <summary>Unix seconds.</summary>
    public long? Created { get; init; }

    public bool? Livemode { get; init; }

    /// <summary>The connected account it comes from; null for the account's own.</summary>
    public string? Account { get; init; }

    public required StripeEventData Data { get; init; }
}

internal sealed record StripeEventData
{
    public required JsonElement Object { get; init; }

    /// <summary>Of an update: what changed, as it was before.</summary>
    public Dictionary<string, JsonElement>? PreviousAttributes { get; init; }
}

internal sealed record StripeErrorBody
{
    public StripeError? Error { get; init; }
}

/// <summary>https://docs.stripe.com/api/errors</summary>
internal sealed record StripeError
{
    public string? Type { get; init; }

    public string? Code { get; init; }

    public string? DeclineCode { get; init; }

    public string? Message { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StripeIntent))]
[JsonSerializable(typeof(StripeSession))]
[JsonSerializable(typeof(StripeCharge))]
[JsonSerializable(typeof(StripeRefund))]
[JsonSerializable(typeof(StripeDispute))]
[JsonSerializable(typeof(StripePayout))]
[JsonSerializable(typeof(StripeBalanceTransaction))]
[JsonSerializable(typeof(StripeList<StripeIntent>))]
[JsonSerializable(typeof(StripeList<StripeSession>))]
[JsonSerializable(typeof(StripeList<StripeRefund>))]
[JsonSerializable(typeof(StripeList<StripeDispute>))]
[JsonSerializable(typeof(StripeList<StripePayout>))]
[JsonSerializable(typeof(StripeWebhookEndpoint))]
[JsonSerializable(typeof(StripeList<StripeWebhookEndpoint>))]
[JsonSerializable(typeof(StripeBalance))]
[JsonSerializable(typeof(StripeEvent))]
[JsonSerializable(typeof(StripeErrorBody))]
internal sealed partial class StripeJson : JsonSerializerContext;
