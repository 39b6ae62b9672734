using Patchbay.Connectors.Contracts;
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

/// <summary>A call about to be made.</summary>
public interface IPreparedCall
{
    /// <summary>With everything that the destination overrides.</summary>
    DeliveryRules Rules { get; }

    RepeatSafety Safety { get; }

    Task<CallReport> CallAsync(CancellationToken cancellationToken);

    /// <summary>Only asked for with <see cref="RepeatSafety.LookUp"/>. A report without failure and without answer means: it was not done.</summary>
    Task<CallReport> LookUpAsync(CancellationToken cancellationToken);
}

/// <summary>What came of a call or a look-up.</summary>
/// <param name="Answer">The connector's value; null when it failed, or when a look-up found nothing.</param>
/// <param name="Failure">Null when it went well.</param>
/// <param name="Exchanges">What was sent and received, redacted.</param>
public sealed record CallReport(object? Answer, ProviderFailure? Failure, IReadOnlyList<Exchange> Exchanges)
{
    /// <summary>How long nothing more is to go to this destination: it is overloaded, or said so. Null: the next call may go at once.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>When the call began and how long it took, where the feature keeps figures of its own; else null.</summary>
    public CallTiming? Timing { get; init; }
}

/// <summary>The time of one call.</summary>
public sealed record CallTiming(DateTimeOffset StartedAt, TimeSpan Took);

/// <summary>A step that is being recorded.</summary>
/// <param name="Delivery">As it will be.</param>
/// <param name="CalledLane">Where the attempt was made; the delivery may be moving to another.</param>
/// <param name="Step">Null for a change that no attempt caused: canceled, or resolved by a person.</param>
/// <param name="Report">Null when no call was made.</param>
public sealed record StepTaken(Delivery Delivery, LaneId CalledLane, DeliveryStep? Step, CallReport? Report, DateTimeOffset Now);
