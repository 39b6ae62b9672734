namespace Patchbay.Connectors.Contracts;

/// <summary>Where a refund stands.</summary>
public enum RefundStatus
{
    Pending,
    Succeeded,
    Failed,
    Canceled,
}

/// <summary>A refund to carry out.</summary>
/// <param name="RefundId">The hub's id (<c>ref_...</c>), to be echoed by the provider.</param>
/// <param name="Amount">Above zero, never more than is left of the captured amount.</param>
/// <param name="Reason">Free text from the caller; null when none.</param>
public sealed record RefundRequest(PaymentHandle Payment, string RefundId, string IdempotencyKey, Money Amount, string? Reason);

/// <summary>Names a refund that the provider knows.</summary>
public sealed record RefundHandle(PaymentHandle Payment, string RefundId, string ProviderReference);

/// <summary>What a provider says of a refund. One that succeeded may fail later: the customer's bank sends the money back.</summary>
/// <param name="Amount">Null when the answer does not tell.</param>
public sealed record RefundState(
    string ProviderReference, RefundStatus Status, Money? Amount = null, FailureDetail? Failure = null)
    : ITellCosts, ITellFailure
{
    /// <summary>When it was so, by the provider's clock; null when the webhook does not tell, and in answers.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What the provider keeps or gives back of its fees; empty when this answer does not tell.</summary>
    public IReadOnlyList<CostLine> Costs { get; init; } = [];
}
