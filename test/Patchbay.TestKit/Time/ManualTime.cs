namespace Patchbay.TestKit;

/// <summary>
/// A clock that stands still until a test moves it. Timers, and with them <c>Task.Delay(..., time, ...)</c>, fire in the order in which
/// they are due while time is advanced, each seeing its own moment as now.
/// </summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>A quiet Sunday at noon.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How many times faster than real time it may pass: what lives by it has to get its work done in between.</summary>
    private const int Haste = 50;

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _elapsed;
    private TimeSpan _stepped;
    private long _armed;

    public ManualTime()
        : this(Noon)
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Timers that will fire when time goes on.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate)
                return _timers.Count;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return start + _elapsed + _stepped;
    }

    public override long GetTimestamp()
    {
        lock (_gate)
            return _elapsed.Ticks;
    }

    /// <summary>Lets time pass and fires what becomes due, on the calling thread.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan target;
        lock (_gate)
            target = _elapsed + by;
        while (NextDue(target) is { } due)
            due.Fire();
        lock (_gate)
            _elapsed = target > _elapsed ? target : _elapsed;
    }

    /// <summary>
    /// Lets time pass as it does for a process that stands still: what became due meanwhile fires with the next <see cref="Advance"/>.
    /// </summary>
    public void StandStill(TimeSpan by)
    {
        lock (_gate)
            _elapsed += by;
    }

    /// <summary>Sets the wall clock forward or back, as an operator or NTP does: timers and measured time do not notice.</summary>
    public void StepClock(TimeSpan by)
    {
        lock (_gate)
            _stepped += by;
    }

    /// <summary>Advances in steps, letting other threads work in between, until the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold after a real minute.</exception>
    public Task AdvanceUntilAsync(Func<bool> condition, TimeSpan step, CancellationToken cancellationToken) =>
        AdvanceUntilAsync(() => Task.FromResult(condition()), step, cancellationToken);

    /// <inheritdoc cref="AdvanceUntilAsync(Func{bool}, TimeSpan, CancellationToken)"/>
    public Task AdvanceUntilAsync(Func<Task<bool>> condition, TimeSpan step, CancellationToken cancellationToken) =>
        Eventually.BecomesAsync(
            async () =>
            {
                if (await condition())
                    return true;
                Advance(step);
                return false;
            }, TimeSpan.FromSeconds(60), step / Haste, cancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? NextDue(TimeSpan until)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= until).MinBy(timer => (timer.Due, timer.Order));
            if (next is null)
                return null;
            _elapsed = next.Due > _elapsed ? next.Due : _elapsed;
            _timers.Remove(next);
            if (next.Period > TimeSpan.Zero)
                Arm(next, next.Due + next.Period);
            return next;
        }
    }

    private void Arm(ManualTimer timer, TimeSpan due)
    {
        timer.Due = due;
        timer.Order = _armed++;
        _timers.Add(timer);
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; private set; }

        /// <summary>Of timers due at the same moment, the one armed first fires first.</summary>
        public long Order { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                if (_disposed)
                    return false;
                time._timers.Remove(this);
                Period = period;
                if (dueTime >= TimeSpan.Zero)
                    time.Arm(this, time._elapsed + dueTime);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                _disposed = true;
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
