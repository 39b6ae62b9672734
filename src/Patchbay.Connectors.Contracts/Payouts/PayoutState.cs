namespace Patchbay.Connectors.Contracts;

/// <summary>How a provider says that a payout stands.</summary>
public enum PayoutStatus
{
    /// <summary>The receiver has to say where the money goes; nothing has left.</summary>
    RequiresAction,

    /// <summary>It has it.</summary>
    Processing,

    /// <summary>The money arrived, as far as the provider can tell.</summary>
    Paid,

    /// <summary>It was not and will not be sent.</summary>
    Failed,

    /// <summary>It was sent and came back.</summary>
    Returned,

    Canceled,

    /// <summary>It says that it never got the order. What it says later may be otherwise, and counts.</summary>
    NotReceived,
}

/// <summary>
/// What a provider says of a payout at one moment. The hub joins it with what it knew, so it may come twice, late or in any order.
/// </summary>
/// <param name="ProviderReference">The provider's id of the payout.</param>
public sealed record PayoutState(string ProviderReference, PayoutStatus Status, FailureDetail? Failure = null)
    : ITellCosts, ITellFailure
{
    /// <summary>
    /// The receiver has said where it goes, and nothing leaves until the hub completes it (<see cref="ICompletePayout"/>). Only with status
    /// processing.
    /// </summary>
    public bool ToBeCompleted { get; init; }

    /// <summary>What the receiver has to do; null when nothing, or when this answer does not tell.</summary>
    public NextAction? NextAction { get; init; }

    /// <summary>The provider's own fees, of kind <c>fee</c>; empty when this answer does not tell.</summary>
    public IReadOnlyList<CostLine> Costs { get; init; } = [];
}
