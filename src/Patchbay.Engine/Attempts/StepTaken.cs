namespace Patchbay.Engine;

/// <summary>A step that is being recorded.</summary>
/// <param name="Delivery">As it will be.</param>
/// <param name="CalledLane">Where the attempt was made; the delivery may be moving to another.</param>
/// <param name="Step">Null for a change that no attempt caused: canceled, or resolved by a person.</param>
/// <param name="Report">Null when no call was made.</param>
public sealed record StepTaken(Delivery Delivery, LaneId CalledLane, DeliveryStep? Step, CallReport? Report, DateTimeOffset Now)
{
    /// <summary>As it is recorded with the step; null when there was none.</summary>
    public Attempt? Attempt { get; init; }
}
