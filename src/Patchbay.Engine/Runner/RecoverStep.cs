namespace Patchbay.Engine;

/// <summary>
/// Instead of an attempt, for what a dead node had: it may have been sent, so the policy hears that nothing is known of it.
/// </summary>
internal sealed class RecoverStep(PrepareStep prepare, RecordStep record, TimeProvider time, Func<double> jitter, AttemptLog log)
{
    /// <summary>False when it could not be prepared; it is found again.</summary>
    public async Task<bool> RecoverAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (await prepare.PrepareLeftBehindAsync(delivery, cancellationToken) is not { } prepared)
            return false;
        var now = time.GetUtcNow();
        var decision = DecideStep.AfterNodeLost(delivery, prepared.Call, now, jitter());
        var attempt = AttemptRecord.Of(
            decision.Counted, delivery.Lane, AttemptKind.Call, now, TimeSpan.Zero, decision.Outcome, CallReport.NothingKnown);
        log.LogAttempt(delivery, attempt, decision.Step);
        await record.RecordAsync(new Recording(delivery, decision.Counted, decision.Step, prepared.Handler, now) { Attempt = attempt });
        return true;
    }
}
