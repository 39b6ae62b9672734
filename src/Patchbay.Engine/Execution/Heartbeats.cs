namespace Patchbay.Engine;

/// <summary>Says that this node lives, and finds out whether others believe it.</summary>
internal sealed class Heartbeats(
    Membership membership, LaneSet lanes, StalledSessions stalled, DatabaseOutage outage, EngineLog log)
{
    private static readonly TimeSpan NoticeableOffset = TimeSpan.FromSeconds(1);

    private bool _clockIsOff;

    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        if (!await membership.HeartbeatAsync(cancellationToken))
        {
            log.LogDeclaredDead(membership.Self);
            lanes.DropAll();   // before it is somebody again: what it held is others' by now
            await membership.JoinAsync(cancellationToken);
        }

        outage.IsOver();
        lanes.ShareBy(membership.LiveNodes);
        WarnOfClock();
    }

    public async Task EndStalledSessionsAsync(CancellationToken cancellationToken)
    {
        if (await stalled.EndAsync(cancellationToken) is > 0 and var count)
            log.LogStalled(count);
    }

    /// <summary>Nothing depends on this machine's clock, but its logs and whatever else runs there do.</summary>
    private void WarnOfClock()
    {
        var off = membership.ClockIsAhead.Duration() > NoticeableOffset;
        if (off && !_clockIsOff)
            log.LogClockOff(membership.ClockIsAhead.TotalSeconds);
        _clockIsOff = off;
    }
}
