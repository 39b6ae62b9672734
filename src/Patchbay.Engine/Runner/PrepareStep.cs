namespace Patchbay.Engine;

/// <summary>
/// Second step: the feature loads what it needs for the call. Nothing has been sent yet, so whatever fails here is harmless.
/// </summary>
internal sealed class PrepareStep(
    IReadOnlyDictionary<string, IDeliveryHandler> handlers, ClaimStep claim, DatabaseOutage outage, TimeProvider time, AttemptLog log)
{
    /// <summary>Before something that cannot be prepared is tried again: a capability that this version does not know, or a bug.</summary>
    public static readonly TimeSpan PauseUnprepared = TimeSpan.FromSeconds(10);

    /// <summary>For an attempt. Null when it could not be prepared, or the node stops: then it was handed back.</summary>
    public async Task<PreparedAttempt?> PrepareAsync(Delivery delivery, NodeId node, CancellationToken stopping)
    {
        try
        {
            var handler = handlers[delivery.Capability];
            return new PreparedAttempt(handler, await handler.PrepareAsync(delivery, stopping));
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            await claim.HandBackAsync([delivery], node, time.GetUtcNow());
        }
        catch (Exception exception)
        {
            var pause = Passes(exception, delivery) ? PatientLedger.Pause : PauseUnprepared;
            await claim.HandBackAsync([delivery], node, time.GetUtcNow() + pause);
        }

        return null;
    }

    /// <summary>For what another node left. Null when it could not be prepared: it stays where it is, and is found again.</summary>
    public async Task<PreparedAttempt?> PrepareLeftBehindAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            var handler = handlers[delivery.Capability];
            return new PreparedAttempt(handler, await handler.PrepareAsync(delivery, cancellationToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Passes(exception, delivery);
            return null;
        }
    }

    /// <summary>Whether only the database is away; anything else is told.</summary>
    private bool Passes(Exception exception, Delivery delivery)
    {
        var passes = outage.Explains(exception);
        if (!passes)
            log.LogPrepareFailed(exception, delivery.Id, delivery.Capability);
        return passes;
    }
}
