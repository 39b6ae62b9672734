using Patchbay.Connectors.Contracts;

namespace Patchbay.Engine;

/// <summary>What an attempt came to, before it is recorded.</summary>
/// <param name="Counted">The delivery with this attempt counted; the step is not taken yet.</param>
internal readonly record struct AttemptDecision(Delivery Counted, CallOutcome Outcome, DeliveryStep Step)
{
    /// <summary>Null when it says nothing about the destination. What a destination refuses speaks for it, not against it.</summary>
    public bool? IsDestinationsFault => Outcome switch
    {
        CallOutcome.NodeLost => null,
        CallOutcome.Failed { Failure: var failure } when WasNotSent(failure) => null,
        CallOutcome.Failed { Failure: { Cause: FailureCause.Provider, Outcome: not FailureOutcome.Rejected } } => true,
        _ => false,
    };

    /// <summary>The connector waits for something before it can ask at all: that others wait, too, makes nobody ill.</summary>
    private static bool WasNotSent(ProviderFailure failure) =>
        failure is { Outcome: FailureOutcome.Transient, Cause: FailureCause.Account, NothingHappened: true, HttpStatus: null };
}
