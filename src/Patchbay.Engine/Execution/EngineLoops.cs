namespace Patchbay.Engine;

/// <summary>
/// What a node does again and again, each loop at its own pace: say that it lives, claim what is due, take over what dead nodes left, keep
/// its own books.
/// </summary>
internal sealed class EngineLoops(
    Heartbeats heartbeats, Claims claims, Takeovers takeovers, CancelRequests cancels, WarningExchange warnings, DatabaseOutage outage,
    NodeOptions options, TimeProvider time, EngineLog log)
{
    /// <summary>Ends when it is told to stop.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
        RepeatAsync("heartbeat", options.Heartbeat, heartbeats.BeatAsync, stop),
        RepeatAsync("claims", options.Poll, claims.ClaimAsync, stop),
        RepeatAsync("orphans", options.Heartbeat, takeovers.AdoptOrphansAsync, stop),
        RepeatAsync("stalled sessions", options.Heartbeat, heartbeats.EndStalledSessionsAsync, stop),
        RepeatAsync("strays", options.Timeout, takeovers.FindStraysAsync, stop),
        RepeatAsync("cancel requests", TimeSpan.FromMilliseconds(500), cancels.CarryOutAsync, stop),
        RepeatAsync("lane warnings", TimeSpan.FromSeconds(1), warnings.ExchangeAsync, stop),
        RepeatAsync("closed lanes", TimeSpan.FromSeconds(2), claims.SweepClosedLanesAsync, stop));

    private async Task RepeatAsync(string name, TimeSpan pause, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await work(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (!outage.Explains(exception))
                    log.LogLoopFailed(exception, name);
            }

            try
            {
                await Task.Delay(pause, time, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
