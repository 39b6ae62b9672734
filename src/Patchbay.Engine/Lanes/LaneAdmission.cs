namespace Patchbay.Engine;

/// <summary>
/// Whether a call may go to a destination now, and if not, in how long: its concurrency, its rate and its breaker. Not thread-safe: its
/// lane holds the lock.
/// </summary>
internal sealed class LaneAdmission(LaneSettings settings, TimeProvider time)
{
    private readonly CircuitBreaker _breaker = new(time);
    private TokenBucket _bucket = NewBucket(settings, time);
    private int _running;

    public LaneSettings Settings { get; private set; } = settings;

    public bool IsClosed => Settings.ClosedBecause is not null;

    public bool BreakerIsOpen => _breaker.IsOpen;

    public void Configure(LaneSettings settings)
    {
        if (settings.RequestsPerSecond != Settings.RequestsPerSecond)
            _bucket = NewBucket(settings, time);
        if (IsClosed && settings.ClosedBecause is null)
            _breaker.Reset();
        Settings = settings;
    }

    /// <summary>Nothing that this lane will ever do helps it: it is for others, or for nobody any more.</summary>
    public bool CannotCall(Delivery delivery) =>
        IsClosed
        || delivery.ExpiresAt <= time.GetUtcNow() && delivery.Status != DeliveryStatus.Failed   // a look-up may still settle it
        || _breaker.IsOpen && delivery.Fallbacks.Count > 0 && !delivery.InDoubt && _breaker.UntilProbe() > TimeSpan.Zero;

    /// <summary>True when a call begins now; it ends with <see cref="Ended"/> or <see cref="TakeBack"/>.</summary>
    /// <param name="wait">When to ask again; zero when the end of a call will tell.</param>
    public bool TryBegin(out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (_running >= Settings.Concurrency)
            return false;
        wait = _bucket.UntilNext();
        if (wait > TimeSpan.Zero)
            return false;
        if (!_breaker.TryEnter())
        {
            wait = _breaker.UntilProbe();
            return false;
        }

        // Last, so that a breaker that says no costs no token. It is there: the wait for it was none.
        if (!_bucket.TryTake())
            return false;
        _running++;
        return true;
    }

    /// <summary>A call that was let through was not begun: as if it had not been asked for.</summary>
    public void TakeBack()
    {
        _running--;
        _breaker.Abandoned();
        _bucket.GiveBack();
    }

    /// <summary>A call ended. True when the breaker opened with it.</summary>
    /// <param name="destinationFailed">Null when it was not made after all.</param>
    /// <param name="pause">How long nothing more is to go there; null: no longer than the breaker says.</param>
    public bool Ended(bool? destinationFailed, TimeSpan? pause)
    {
        _running--;
        if (destinationFailed is null)
            _breaker.Abandoned();
        else if (destinationFailed.Value || pause is not null)
            return _breaker.Failed(pause);
        else
            _breaker.Succeeded();
        return false;
    }

    /// <summary>Goes by what another node found out.</summary>
    /// <param name="left">How long it still holds.</param>
    /// <param name="asked">The destination asked for a pause; otherwise that node's breaker opened.</param>
    public void Heed(TimeSpan left, bool asked)
    {
        if (asked)
            _breaker.Pause(left);
        else
            _breaker.Warn(left);
    }

    /// <summary>A tenth of a second's worth of burst, at least one call.</summary>
    private static TokenBucket NewBucket(LaneSettings settings, TimeProvider time) =>
        new(settings.RequestsPerSecond, Math.Max(1, settings.RequestsPerSecond / 10), time);
}
