using System.Collections.Concurrent;

namespace Patchbay.Sandbox.Tests.Support;

/// <summary>The real clock, ahead by as much as it was moved. A move wakes every timer.</summary>
internal sealed class MovableTime : TimeProvider
{
    private readonly ConcurrentQueue<Action> _timers = new();
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(_ahead.TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Enqueue(() => callback(state));
        return base.CreateTimer(callback, state, dueTime, period);
    }

    public void Move(TimeSpan by)
    {
        _ahead += by;
        foreach (var wake in _timers)
            wake();
    }
}
