namespace Patchbay.Engine;

/// <summary>
/// Fifth step, and a pure one: counts what was done, asks the policy what follows, and notes whether the delivery is in doubt.
/// </summary>
internal static class DecideStep
{
    /// <param name="delivery">As it went into the call.</param>
    /// <param name="jitter">From 0 up to 1.</param>
    public static AttemptDecision After(CallMade made, Delivery delivery, IPreparedCall call, DateTimeOffset now, double jitter)
    {
        var counted = Count(made, delivery);
        if (call.Safety == RepeatSafety.Never && made.Kind == AttemptKind.Call)
            counted = counted with { Status = DeliveryStatus.InProgress };
        var outcome = made.Outcome;
        var step = DeliveryPolicy.After(outcome, counted, call.Rules, call.Safety, now, jitter);
        return new AttemptDecision(
            counted with { InDoubt = DeliveryPolicy.InDoubtAfter(outcome, counted.InDoubt, call.Safety) }, outcome, step);
    }

    /// <summary>The delivery of a node that died: an attempt is counted, because one may have been made.</summary>
    /// <param name="delivery">As the node left it.</param>
    /// <param name="jitter">From 0 up to 1.</param>
    public static AttemptDecision AfterNodeLost(Delivery delivery, IPreparedCall call, DateTimeOffset now, double jitter)
    {
        var outcome = new CallOutcome.NodeLost();
        var counted = CountAttempt(delivery);
        var step = DeliveryPolicy.After(outcome, counted, call.Rules, call.Safety, now, jitter);
        var mayHaveBeenSent = call.Safety != RepeatSafety.Never || delivery.Status == DeliveryStatus.InProgress;
        return new AttemptDecision(
            counted with { InDoubt = delivery.InDoubt || mayHaveBeenSent, FirstCallAt = delivery.FirstCallAt ?? delivery.CreatedAt },
            outcome, step);
    }

    /// <summary>A call that the node gave up waiting for spends an attempt's number, but no try.</summary>
    private static Delivery Count(CallMade made, Delivery delivery) =>
        made.Report is null ? CountAttempt(delivery)
        : made.Kind == AttemptKind.LookUp ? delivery.CountLookUp()
        : delivery.CountCall(made.StartedAt);

    private static Delivery CountAttempt(Delivery delivery) => delivery with { AttemptCount = delivery.AttemptCount + 1 };
}
