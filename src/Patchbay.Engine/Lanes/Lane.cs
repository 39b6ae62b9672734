using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// The queue to one destination on this node. It alone decides when the next call goes out: priority, concurrency, rate and breaker.
/// A slow or dead destination fills its own lane and nobody else's.
/// </summary>
internal sealed class Lane : IDisposable
{
    /// <summary>Deliveries of one priority kept in memory; what is beyond waits in the database.</summary>
    public const int MemoryPerPriority = 256;

    private readonly Lock _gate = new();
    private readonly Queue<Delivery>[] _waiting = [new(), new(), new()];
    private readonly bool[] _overflowed = new bool[3];
    private readonly CircuitBreaker _breaker;
    private readonly Func<Lane, Delivery, bool> _start;
    private readonly Action<Lane, Delivery> _move;
    private readonly TimeProvider _time;
    private readonly ITimer _wake;
    private LaneSettings _settings;
    private TokenBucket _bucket;
    private int _running;
    private int _starved;

    /// <param name="start">Begins a call; false when the node has no capacity left, and then wakes the lane later.</param>
    /// <param name="move">Takes a delivery that cannot be called here: it falls back, is given up, or goes back to the database.</param>
    public Lane(
        TenantId tenant, LaneId id, LaneSettings settings, TimeProvider time, Func<Lane, Delivery, bool> start, Action<Lane, Delivery> move)
    {
        Tenant = tenant;
        Id = id;
        _time = time;
        _start = start;
        _move = move;
        _settings = settings;
        _bucket = NewBucket(settings);
        _breaker = new CircuitBreaker(time);
        _wake = time.CreateTimer(static lane => ((Lane)lane!).Pump(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TenantId Tenant { get; }

    public LaneId Id { get; }

    public LaneSettings Settings => _settings;

    public bool BreakerIsOpen
    {
        get
        {
            lock (_gate)
                return _breaker.IsOpen;
        }
    }

    /// <summary>Places left in memory for a priority. Once rows had to wait in the database, new ones queue behind them there.</summary>
    public int Room(DeliveryPriority priority)
    {
        lock (_gate)
            return _settings.ClosedBecause is null ? MemoryPerPriority - _waiting[(int)priority].Count : 0;
    }

    /// <summary>New deliveries that may go straight to memory now; none while older ones wait in the database, or while it is closed.</summary>
    public int RoomForNew(DeliveryPriority priority)
    {
        lock (_gate)
            return _settings.ClosedBecause is null && !_overflowed[(int)priority] ? Math.Max(0, MemoryPerPriority - _waiting[(int)priority].Count) : 0;
    }

    /// <summary>Whether an accepted delivery may go straight to memory; if not, the lane remembers that the database holds work for it.</summary>
    public bool TakesNew(DeliveryPriority priority)
    {
        lock (_gate)
        {
            var takes = _settings.ClosedBecause is null && !_overflowed[(int)priority] && _waiting[(int)priority].Count < MemoryPerPriority;
            if (!takes)
                _overflowed[(int)priority] = true;
            return takes;
        }
    }

    /// <summary>Whether a delivery that moves here may be held in memory: there is room, or it only passes through to its next fallback.</summary>
    public bool TakesMoved(Delivery delivery) => Settings.ClosedBecause is null ? Room(delivery.Priority) > 0 : delivery.Fallbacks.Count > 0;

    /// <summary>The database holds no more due work but of these priorities.</summary>
    public void CaughtUp(params IEnumerable<DeliveryPriority> except)
    {
        lock (_gate)
        {
            Array.Clear(_overflowed);
            foreach (var priority in except)
                _overflowed[(int)priority] = true;
        }
    }

    public void Configure(LaneSettings settings)
    {
        lock (_gate)
        {
            if (settings.RequestsPerSecond != _settings.RequestsPerSecond)
                _bucket = NewBucket(settings);
            if (_settings.ClosedBecause is not null && settings.ClosedBecause is null)
                _breaker.Reset();
            _settings = settings;
        }

        Pump();
    }

    public void Enqueue(Delivery delivery)
    {
        lock (_gate)
            _waiting[(int)delivery.Priority].Enqueue(delivery);
        Pump();
    }

    /// <summary>Takes a waiting delivery out again; false when it is not waiting here.</summary>
    public bool TryRemove(DeliveryKey key)
    {
        lock (_gate)
        {
            foreach (var queue in _waiting)
            {
                if (!queue.Any(delivery => delivery.Key == key))
                    continue;
                var kept = queue.Where(delivery => delivery.Key != key).ToArray();
                queue.Clear();
                foreach (var delivery in kept)
                    queue.Enqueue(delivery);
                return true;
            }

            return false;
        }
    }

    /// <summary>Empties the queue: the node stops.</summary>
    public IReadOnlyList<Delivery> Drain()
    {
        lock (_gate)
        {
            var all = _waiting.SelectMany(queue => queue).ToArray();
            foreach (var queue in _waiting)
                queue.Clear();
            return all;
        }
    }

    /// <summary>A call ended. True when the breaker opened with it.</summary>
    /// <param name="destinationFailed">Null when it was not made after all.</param>
    /// <param name="pause">How long nothing more is to go there; null: no longer than the breaker says.</param>
    public bool Ended(bool? destinationFailed, TimeSpan? pause = null)
    {
        var opened = false;
        lock (_gate)
        {
            _running--;
            if (destinationFailed is null)
                _breaker.Abandoned();
            else if (destinationFailed.Value || pause is not null)
                opened = _breaker.Failed(pause);
            else
                _breaker.Succeeded();
        }

        Pump();
        return opened;
    }

    /// <summary>Goes by what another node found out.</summary>
    public void Heed(LaneWarning warning)
    {
        var left = warning.Until - _time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return;
        lock (_gate)
        {
            if (warning.Asked)
                _breaker.Pause(left);
            else
                _breaker.Warn(left);
        }

        Pump();   // what has a fallback need not wait
    }

    /// <summary>Starts as many calls as may be made now, and sets the clock for the next.</summary>
    public void Pump()
    {
        while (true)
        {
            Delivery next;
            bool movesOn;
            lock (_gate)
            {
                if (Head() is not { } queue)
                    return;
                movesOn = CannotBeCalledHere(queue.Peek());
                if (!movesOn && !MayCall())
                    return;
                next = queue.Dequeue();
                if (!movesOn)
                    _running++;
            }

            if (movesOn)
                _move(this, next);
            else if (!_start(this, next))
                return;
        }
    }

    public void Dispose() => _wake.Dispose();

    /// <summary>The node had no capacity: put back in front, without a trace.</summary>
    public void PutBack(Delivery delivery)
    {
        lock (_gate)
        {
            _running--;
            _breaker.Abandoned();
            _bucket.GiveBack();
            var queue = _waiting[(int)delivery.Priority];
            var rest = queue.ToArray();
            queue.Clear();
            queue.Enqueue(delivery);
            foreach (var other in rest)
                queue.Enqueue(other);
        }
    }

    /// <summary>The lane waits for capacity of the node; false when it did already.</summary>
    public bool Starve() => Interlocked.Exchange(ref _starved, 1) == 0;

    /// <summary>There may be capacity again.</summary>
    public void Feed()
    {
        Volatile.Write(ref _starved, 0);
        Pump();
    }

    private Queue<Delivery>? Head()
    {
        foreach (var queue in _waiting)
        {
            if (queue.Count > 0)
                return queue;
        }

        return null;
    }

    private bool CannotBeCalledHere(Delivery delivery) =>
        _settings.ClosedBecause is not null
        || delivery.ExpiresAt <= _time.GetUtcNow() && delivery.Status != DeliveryStatus.Failed   // a look-up may still settle it
        || _breaker.IsOpen && delivery.Fallbacks.Count > 0 && !delivery.InDoubt && _breaker.UntilProbe() > TimeSpan.Zero;

    private bool MayCall()
    {
        if (_running >= _settings.Concurrency)
            return false;   // the end of a call pumps again
        if (_bucket.UntilNext() is var wait && wait > TimeSpan.Zero)
        {
            WakeIn(wait);
            return false;
        }

        if (!_breaker.TryEnter())
        {
            WakeIn(_breaker.UntilProbe());
            return false;
        }

        return _bucket.TryTake();
    }

    private void WakeIn(TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
            _wake.Change(wait + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    /// <summary>A tenth of a second's worth of burst, at least one call.</summary>
    private TokenBucket NewBucket(LaneSettings settings) =>
        new(settings.RequestsPerSecond, Math.Max(1, settings.RequestsPerSecond / 10), _time);
}
