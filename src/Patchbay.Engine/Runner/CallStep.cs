using Patchbay.Connectors.Contracts;

namespace Patchbay.Engine;

/// <summary>Fourth step: the connector makes the call, or asks what an earlier one came to.</summary>
internal sealed class CallStep(TimeProvider time, AttemptLog log)
{
    /// <param name="clock">Runs while the call is on its way.</param>
    /// <param name="stopping">Cancels the call itself: the node will not wait any longer.</param>
    public async Task<CallMade> MakeAsync(IPreparedCall call, AttemptKind kind, CallClock clock, CancellationToken stopping)
    {
        var startedAt = time.GetUtcNow();
        var started = time.GetTimestamp();
        clock.Start();
        var report = await ReportAsync(call, kind, stopping);
        clock.Stop();
        return new CallMade(kind, startedAt, time.GetElapsedTime(started), report);
    }

    private async Task<CallReport?> ReportAsync(IPreparedCall call, AttemptKind kind, CancellationToken stopping)
    {
        try
        {
            return kind == AttemptKind.LookUp ? await call.LookUpAsync(stopping) : await call.CallAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            // A bug in a connector: whether it had sent anything is not known.
            log.LogConnectorThrew(exception);
            var why = new ProviderFailure(
                FailureOutcome.Unknown, FailureCause.Provider, "connector_error", "The connector failed unexpectedly; see the log.");
            return new CallReport(null, why, []);
        }
    }
}
