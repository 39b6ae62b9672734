namespace Patchbay.Engine;

/// <summary>
/// The hub's clock. Nodes compare times that others wrote: when a retry is due, when something expires, how old a webhook is. So they go by
/// one clock, the shared database's, whatever their machine believes. Each heartbeat tells it; in between the machine's monotonic clock
/// carries it on, which nobody sets. Until then, and with a database of one's own, it is the machine's.
/// </summary>
public sealed class SharedTime(TimeProvider machine) : TimeProvider
{
    /// <summary>Smaller differences are as likely to come from the way as from the clock.</summary>
    private static readonly TimeSpan Negligible = TimeSpan.FromMilliseconds(10);

    private Anchor? _anchor;

    /// <summary>How far the machine's clock is ahead of this one; negative when it is behind.</summary>
    public TimeSpan MachineIsAhead => machine.GetUtcNow() - GetUtcNow();

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override DateTimeOffset GetUtcNow() =>
        Volatile.Read(ref _anchor) is { } anchor ? anchor.Time + machine.GetElapsedTime(anchor.Timestamp) : machine.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>The database read its clock at some moment between two timestamps of this one.</summary>
    public void Learn(DateTimeOffset database, long asked, long answered)
    {
        var uncertain = machine.GetElapsedTime(asked, answered) / 2;
        var now = database + uncertain + machine.GetElapsedTime(answered);
        if (Volatile.Read(ref _anchor) is null || (now - GetUtcNow()).Duration() > uncertain + Negligible)
            Volatile.Write(ref _anchor, new Anchor(now, machine.GetTimestamp()));
    }

    private sealed record Anchor(DateTimeOffset Time, long Timestamp);
}
