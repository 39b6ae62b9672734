using Microsoft.Extensions.Logging;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>What a node does again and again: say that it lives, claim what is due, take over what dead nodes left, keep its own books.</summary>
internal sealed partial class EngineLoops(
    DueDeliveries due, DeliveryRunner runner, LaneSet lanes, LaneWarnings warnings, Membership membership, StalledSessions stalled, DatabaseOutage outage, NodeOptions options,
    TimeProvider time, ILogger<EngineLoops> logger)
{
    private static readonly TimeSpan NoticeableOffset = TimeSpan.FromSeconds(1);

    private readonly Dictionary<LaneId, DateTimeOffset> _sweptUntil = [];
    private HashSet<DeliveryKey> _strays = [];
    private bool _clockIsOff;

    /// <summary>Ends when it is told to stop.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
        RepeatAsync("heartbeat", options.Heartbeat, HeartbeatAsync, stop),
        RepeatAsync("claims", options.Poll, ClaimAsync, stop),
        RepeatAsync("orphans", options.Heartbeat, AdoptOrphansAsync, stop),
        RepeatAsync("stalled sessions", options.Heartbeat, EndStalledSessionsAsync, stop),
        RepeatAsync("strays", options.Timeout, FindStraysAsync, stop),
        RepeatAsync("cancel requests", TimeSpan.FromMilliseconds(500), CancelRequestedAsync, stop),
        RepeatAsync("lane warnings", TimeSpan.FromSeconds(1), HeedWarningsAsync, stop),
        RepeatAsync("closed lanes", TimeSpan.FromSeconds(2), SweepClosedLanesAsync, stop));

    private async Task HeartbeatAsync(CancellationToken cancellationToken)
    {
        if (!await membership.HeartbeatAsync(cancellationToken))
        {
            LogDeclaredDead(membership.Self);
            lanes.DropAll();
            await membership.JoinAsync(cancellationToken);
        }

        outage.IsOver();
        lanes.ShareBy(membership.LiveNodes);
        WarnOfClock();
    }

    /// <summary>Nothing depends on this machine's clock, but its logs and whatever else runs there do.</summary>
    private void WarnOfClock()
    {
        var off = membership.ClockIsAhead.Duration() > NoticeableOffset;
        if (off && !_clockIsOff)
            LogClockOff(membership.ClockIsAhead.TotalSeconds);
        _clockIsOff = off;
    }

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        if (!membership.IsConfirmed)
            return;
        var waitingLanes = await due.LanesAsync(cancellationToken);
        foreach (var idle in lanes.All.ExceptBy(waitingLanes.Select(waiting => waiting.Lane), lane => lane.Id))
            idle.CaughtUp();
        foreach (var waiting in waitingLanes)
            await EachAsync("claims", waiting.Lane, () => ClaimAsync(waiting, cancellationToken), cancellationToken);
    }

    private async Task ClaimAsync(WaitingLane waiting, CancellationToken cancellationToken)
    {
        var lane = await lanes.GetAsync(waiting.Tenant, waiting.Lane, cancellationToken);
        lane.CaughtUp(except: waiting.Due);
        foreach (var priority in waiting.Due)
        {
            var room = lane.Room(priority);
            if (room < Lane.MemoryPerPriority / 4)
                continue;
            foreach (var delivery in await due.ClaimAsync(waiting.Lane, priority, membership.Self, room, cancellationToken))
                lanes.Hold(lane, delivery);
        }
    }

    private async Task AdoptOrphansAsync(CancellationToken cancellationToken)
    {
        var abandoned = await due.AbandonedAsync(cancellationToken);
        foreach (var dead in (await membership.DeadAsync(cancellationToken)).Union(abandoned))
        {
            var recovered = true;
            while (recovered && await due.OrphansAsync(dead, 500, cancellationToken) is { Count: > 0 } orphans)
            {
                var results = await Task.WhenAll(orphans.Select(orphan => runner.RecoverAsync(orphan, cancellationToken)));
                recovered = results.All(result => result);
                LogAdopted(results.Count(result => result), dead);
            }

            if (recovered)
                await membership.ForgetAsync(dead, cancellationToken);
        }
    }

    /// <summary>
    /// Leased to this node, but not in its memory: handed over and never begun (the answer to the commit was lost, the request was given
    /// up), or an attempt that ended unexpectedly. Seen twice, it is treated like the work of a dead node.
    /// </summary>
    private async Task FindStraysAsync(CancellationToken cancellationToken)
    {
        if (!membership.IsConfirmed)
            return;
        var self = membership.Self;
        var strays = (await due.LeasedAsync(self, cancellationToken)).Where(key => !lanes.Holds(key)).ToHashSet();
        var again = strays.Where(_strays.Contains).ToList();
        _strays = strays;
        foreach (var key in again)
        {
            if (await due.LeasedAsync(key, self, cancellationToken) is { } stray && !lanes.Holds(key))
            {
                LogStray(stray.Id);
                await runner.RecoverAsync(stray, cancellationToken);
            }
        }
    }

    private async Task EndStalledSessionsAsync(CancellationToken cancellationToken)
    {
        if (await stalled.EndAsync(cancellationToken) is > 0 and var count)
            LogStalled(count);
    }

    private async Task CancelRequestedAsync(CancellationToken cancellationToken)
    {
        foreach (var delivery in await due.CancelRequestsAsync(membership.Self, cancellationToken))
        {
            if (!delivery.InDoubt && lanes.TryTakeOut(delivery))   // in doubt it may have been carried out: that has to be found out first
                await runner.CancelAsync(delivery);
        }
    }

    private async Task HeedWarningsAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in await warnings.ExchangeAsync(cancellationToken))
            lanes.Find(warning.Lane)?.Heed(warning);
    }

    /// <summary>Work behind a closed lane waits, but what expired or may go elsewhere need not.</summary>
    private async Task SweepClosedLanesAsync(CancellationToken cancellationToken)
    {
        if (!membership.IsConfirmed)
            return;
        foreach (var (tenant, id, _) in await due.LanesAsync(cancellationToken))
            await EachAsync("closed lanes", id, () => SweepAsync(tenant, id, cancellationToken), cancellationToken);
    }

    private async Task SweepAsync(TenantId tenant, LaneId id, CancellationToken cancellationToken)
    {
        var lane = await lanes.GetAsync(tenant, id, cancellationToken);
        if (lane.Settings.ClosedBecause is null || lane.Settings.Frozen)
            return;
        var after = _sweptUntil.GetValueOrDefault(id, DateTimeOffset.UnixEpoch);
        var (leased, next) = await due.ClaimMovableAsync(id, lane.Settings.MayFallBack, after, membership.Self, cancellationToken);
        foreach (var delivery in leased)
            lanes.Hold(lane, delivery);
        _sweptUntil[id] = next ?? DateTimeOffset.UnixEpoch;
    }

    /// <summary>What is wrong with one lane must not keep the others waiting.</summary>
    private async Task EachAsync(string name, LaneId lane, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!outage.Explains(exception))
                LogLaneFailed(exception, name, lane.Value);
        }
    }

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
                    LogLoopFailed(exception, name);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The loop for {Loop} failed; it goes on")]
    private partial void LogLoopFailed(Exception exception, string loop);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The loop for {Loop} failed for {Lane}; it goes on with the others")]
    private partial void LogLaneFailed(Exception exception, string loop, Guid lane);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Delivery} was leased to this node but not in its memory; its outcome counts as unknown")]
    private partial void LogStray(DeliveryId delivery);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A node stood still while it wrote, and others waited for it: {Count} of its database sessions were ended")]
    private partial void LogStalled(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Node} was declared dead by another node and gives up what it held; rejoining as a new one")]
    private partial void LogDeclaredDead(NodeId node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This machine's clock is {Seconds:0.0} s ahead of the database's; the hub goes by the database's. Run a time service on both")]
    private partial void LogClockOff(double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Took over {Count} deliveries of {Node}")]
    private partial void LogAdopted(int count, NodeId node);
}
