namespace Patchbay.Engine;

/// <summary>
/// Stops calling a destination that keeps failing, and lets single calls through to see whether it is back. Only failures of the
/// destination count, not requests it refuses. Not thread-safe: its lane holds the lock.
/// </summary>
public sealed class CircuitBreaker(TimeProvider time)
{
    /// <summary>Failures in a row that open it.</summary>
    public const int Threshold = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private int _failures;
    private int _openings;
    private bool _probing;
    private bool _asked;
    private long _openedAt;
    private TimeSpan _pause;
    private long _warnedAt;
    private TimeSpan _wary;

    /// <summary>Also while a probe is on its way.</summary>
    public bool IsOpen => _openings > 0;

    private bool IsWary => time.GetElapsedTime(_warnedAt) < _wary;

    /// <summary>
    /// True when a call may be made. While open, one probe at a time, after a pause that doubles with every failed probe.
    /// </summary>
    public bool TryEnter()
    {
        if (!IsOpen)
            return true;
        if (_probing || UntilProbe() > TimeSpan.Zero)
            return false;
        _probing = true;
        return true;
    }

    /// <summary>How long until a probe may go; zero when it may go now, or when one is on its way.</summary>
    public TimeSpan UntilProbe()
    {
        var left = _pause - time.GetElapsedTime(_openedAt);
        return !IsOpen || _probing || left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    /// <summary>A call reached the destination, whatever it answered: closes it, unless a pause that was asked for is not over.</summary>
    public void Succeeded()
    {
        if (!_asked || UntilProbe() == TimeSpan.Zero)   // else a call that began before the pause was asked for
            Reset();
    }

    /// <summary>Forgets what was: the destination was closed for other reasons, and starts afresh.</summary>
    public void Reset()
    {
        _failures = 0;
        _openings = 0;
        _probing = false;
        _asked = false;
        _wary = TimeSpan.Zero;
    }

    /// <summary>True when it opened.</summary>
    /// <param name="pause">See <see cref="Pause"/>. Null: a failure like any other.</param>
    public bool Failed(TimeSpan? pause = null)
    {
        _failures++;
        if (pause is { } asked)
        {
            Pause(asked);
            return true;
        }

        if (!IsOpen && _failures < Threshold && !IsWary)
            return false;
        if (IsOpen && !_probing)
            return false;   // a call that began before it opened
        Open(TimeSpan.FromTicks(Math.Min((FirstPause * Math.Pow(2, Math.Min(_openings, 10))).Ticks, LongestPause.Ticks)));
        _asked = false;
        return true;
    }

    /// <summary>So long nothing may go there at least, because the destination asked for it or is overloaded: opens at once.</summary>
    public void Pause(TimeSpan asked)
    {
        var left = IsOpen && !_probing ? UntilProbe() : TimeSpan.Zero;
        Open(asked > left ? asked : left);
        _asked = true;
    }

    /// <summary>The destination fails elsewhere: for so long a single failure opens it.</summary>
    public void Warn(TimeSpan lasting) => (_warnedAt, _wary) = (time.GetTimestamp(), lasting);

    /// <summary>A call was given back without having been made: it says nothing about the destination.</summary>
    public void Abandoned() => _probing = false;

    private void Open(TimeSpan pause)
    {
        _probing = false;
        _pause = pause;
        _openings++;
        _openedAt = time.GetTimestamp();
    }
}
