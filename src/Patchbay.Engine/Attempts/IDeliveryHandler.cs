using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>How the engine calls back the feature that a capability belongs to: make the call, and apply what came of it.</summary>
public interface IDeliveryHandler
{
    /// <summary>The capability it serves.</summary>
    string Capability { get; }

    /// <summary>Then nothing that may have been carried out is ever sent again, or elsewhere, without proof.</summary>
    bool MovesMoney { get; }

    /// <summary>Loads what is needed for a call on the delivery's present lane; the same for a call and for a look-up.</summary>
    Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>Names the rows that <see cref="Apply"/> will read. Pure.</summary>
    /// <param name="report">What came of the call; null when none was made.</param>
    void Need(LedgerNeeds needs, Delivery delivery, CallReport? report);

    /// <summary>Moves the subject and writes its events, in the transaction that records the step. Pure.</summary>
    void Apply(LedgerRows rows, StepTaken step);
}
