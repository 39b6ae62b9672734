using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>Fills lanes from the database: with what is due, and, behind closed lanes, with what need not wait for them.</summary>
internal sealed class Claims(DueDeliveries due, LaneSet lanes, Membership membership, DatabaseOutage outage, EngineLog log)
{
    private readonly Dictionary<LaneId, DateTimeOffset> _sweptUntil = [];

    public async Task ClaimAsync(CancellationToken cancellationToken)
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
                continue;   // a statement is worth it for many: it waits until there is room for more
            foreach (var delivery in await due.ClaimAsync(waiting.Lane, priority, membership.Self, room, cancellationToken))
                lanes.Hold(lane, delivery);
        }
    }

    /// <summary>Work behind a closed lane waits, but what expired or may go elsewhere need not.</summary>
    public async Task SweepClosedLanesAsync(CancellationToken cancellationToken)
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
                log.LogLaneFailed(exception, name, lane.Value);
        }
    }
}
