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
        CallOutcome.Failed { Failure: { Cause: FailureCause.Provider, Outcome: not FailureOutcome.Rejected } } => true,
        _ => false,
    };
}
