using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// Last step: writes what was done and what follows, in one transaction with the subject, and tells those who wait for it.
/// </summary>
internal sealed class RecordStep(PatientLedger ledger, OutcomeWaiters waiters, AttemptLog log)
{
    /// <summary>Raised, on any thread, after a step was committed: the delivery as it is now.</summary>
    public event Action<Delivery>? Recorded;

    /// <summary>The delivery as it was written; null when the lease was lost.</summary>
    public async Task<Delivery?> RecordAsync(Recording what)
    {
        try
        {
            return await CommitAsync(Work(what, what.Step, what.Failure, what.Handler));
        }
        catch (UnrecordableException exception)
        {
            // What a feature fails to apply is kept, with the attempt, for a person: calling again is no cure.
            log.LogApplyFailed(exception, what.Counted.Id, what.Counted.Capability);
            var why = new ProviderFailure(
                FailureOutcome.Unknown, FailureCause.Provider, "apply_failed",
                $"The hub failed to apply the outcome ({what.Step.GetType().Name}); see the log.");
            try
            {
                return await CommitAsync(Work(what, new DeliveryStep.Hold(), why, handler: null));
            }
            catch (UnrecordableException)
            {
                var bare = what with { Attempt = AttemptRecord.WithoutContent(what.Attempt!) };
                return await CommitAsync(Work(bare, new DeliveryStep.Hold(), why, handler: null));
            }
        }

        Task<Delivery?> CommitAsync(LedgerWork<Delivery?> work) => this.CommitAsync(work, what.Counted.Id);
    }

    /// <summary>Commits, then tells.</summary>
    public async Task<Delivery?> CommitAsync(LedgerWork<Delivery?> work, DeliveryId id)
    {
        if (await ledger.CommitAsync(work, id) is not { } recorded)
            return null;
        waiters.Recorded(recorded);
        Recorded?.Invoke(recorded);
        return recorded;
    }

    private static RecordWork Work(Recording what, DeliveryStep step, ProviderFailure? why, IDeliveryHandler? handler) => new(
        what.Held, what.Counted, what.Held.LeasedBy!.Value, before => before.Take(step, why, what.Now), what.Attempt, step, what.Report,
        handler, what.Now);
}
