namespace Patchbay.TestKit;

/// <summary>The real clock, with timers that fire a hundred times sooner: for code that waits for
/// others, where a test knows that there are none.</summary>
public sealed class HastyTime : TimeProvider
{
    private const int Faster = 100;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

    private static TimeSpan Sooner(TimeSpan wait) => wait > TimeSpan.Zero ? wait / Faster : wait;
}
