namespace Patchbay.Engine;

/// <summary>How long a call has been on its way to its destination; what comes before and after it does not count.</summary>
internal sealed class CallClock(TimeProvider time)
{
    private const long Stopped = long.MinValue;

    private long _startedAt = Stopped;

    /// <param name="now">A timestamp of the same clock.</param>
    public TimeSpan OnItsWay(long now) =>
        Volatile.Read(ref _startedAt) is not Stopped and var since ? time.GetElapsedTime(since, now) : TimeSpan.Zero;

    public void Start() => Volatile.Write(ref _startedAt, time.GetTimestamp());

    public void Stop() => Volatile.Write(ref _startedAt, Stopped);
}
