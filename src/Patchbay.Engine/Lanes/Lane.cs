using System.Diagnostics.CodeAnalysis;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// The queue to one destination on this node. It alone decides when the next call goes out: priority (<see cref="LaneQueue"/>), then
/// concurrency, rate and breaker (<see cref="LaneAdmission"/>). A slow or dead destination fills its own lane and nobody else's.
/// </summary>
/// <remarks>
/// One lock guards queue and admission; nothing is called out to while it is held. Every change ends in <see cref="Pump"/>.
/// </remarks>
internal sealed class Lane : IDisposable
{
    /// <summary>Deliveries of one priority kept in memory; what is beyond waits in the database.</summary>
    public const int MemoryPerPriority = 256;

    /// <summary>A call that takes as long as this is slow.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    private const int CallsToBeQuick = 3;

    private readonly Lock _gate = new();
    private readonly LaneQueue _queue = new();
    private readonly LaneAdmission _admission;
    private readonly Func<Lane, Delivery, bool> _start;
    private readonly Action<Lane, Delivery> _move;
    private readonly TimeProvider _time;
    private readonly ITimer _wake;
    private int _starved;
    private int _quickInRow;

    /// <param name="start">Begins a call; false when the node has no capacity left, and then wakes the lane later.</param>
    /// <param name="move">Takes a delivery that cannot be called here: it falls back, is given up, or goes back to the database.</param>
    public Lane(
        TenantId tenant, LaneId id, LaneSettings settings, TimeProvider time, Func<Lane, Delivery, bool> start, Action<Lane, Delivery> move)
    {
        (Tenant, Id, _time, _start, _move) = (tenant, id, time, start, move);
        _admission = new LaneAdmission(settings, time);
        _wake = time.CreateTimer(static lane => ((Lane)lane!).Pump(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TenantId Tenant { get; }

    public LaneId Id { get; }

    public LaneSettings Settings => _admission.Settings;

    /// <summary>Its last calls did not take long. One that is not known yet is not quick.</summary>
    public bool IsQuick => Volatile.Read(ref _quickInRow) >= CallsToBeQuick;

    public bool BreakerIsOpen
    {
        get
        {
            lock (_gate)
                return _admission.BreakerIsOpen;
        }
    }

    /// <summary>Nothing waits here in memory.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _queue.IsEmpty;
        }
    }

    /// <summary>Places left in memory for a priority. Once rows had to wait in the database, new ones queue behind them there.</summary>
    public int Room(DeliveryPriority priority)
    {
        lock (_gate)
            return _admission.IsClosed ? 0 : _queue.Room(priority);
    }

    /// <summary>
    /// New deliveries that may go straight to memory now; none while older ones wait in the database, or while it is closed.
    /// </summary>
    public int RoomForNew(DeliveryPriority priority)
    {
        lock (_gate)
            return _admission.IsClosed ? 0 : _queue.RoomForNew(priority);
    }

    /// <summary>
    /// Whether an accepted delivery may go straight to memory; if not, the lane remembers that the database holds work for it.
    /// </summary>
    public bool TakesNew(DeliveryPriority priority)
    {
        lock (_gate)
        {
            var takes = !_admission.IsClosed && _queue.RoomForNew(priority) > 0;
            if (!takes)
                _queue.Overflowed(priority);
            return takes;
        }
    }

    /// <summary>
    /// Whether a delivery that moves here may be held in memory: there is room, or it only passes through to its next fallback.
    /// </summary>
    public bool TakesMoved(Delivery delivery) =>
        Settings.ClosedBecause is null ? Room(delivery.Priority) > 0 : delivery.Fallbacks.Count > 0;

    /// <summary>The database holds no more due work but of these priorities.</summary>
    public void CaughtUp(params IEnumerable<DeliveryPriority> except)
    {
        lock (_gate)
            _queue.CaughtUp(except);
    }

    /// <summary>Goes by these settings from now on; calls on their way are not touched.</summary>
    public void Configure(LaneSettings settings)
    {
        lock (_gate)
            _admission.Configure(settings);
        Pump();
    }

    public void Enqueue(Delivery delivery)
    {
        lock (_gate)
            _queue.Enqueue(delivery);
        Pump();
    }

    /// <summary>Takes a waiting delivery out again; false when it is not waiting here.</summary>
    public bool TryRemove(DeliveryKey key)
    {
        lock (_gate)
            return _queue.TryRemove(key);
    }

    /// <summary>Empties the queue: the node stops.</summary>
    public IReadOnlyList<Delivery> Drain()
    {
        lock (_gate)
            return _queue.Drain();
    }

    /// <summary>A call ended that took so long.</summary>
    public void Took(TimeSpan time)
    {
        if (time >= Long)
            TookLong();
        else if (!IsQuick)
            Interlocked.Increment(ref _quickInRow);
    }

    /// <summary>A call takes long, or took long.</summary>
    public void TookLong() => Volatile.Write(ref _quickInRow, 0);

    /// <inheritdoc cref="LaneAdmission.Ended"/>
    public bool Ended(bool? destinationFailed, TimeSpan? pause = null)
    {
        bool opened;
        lock (_gate)
            opened = _admission.Ended(destinationFailed, pause);
        Pump();
        return opened;
    }

    /// <summary>Goes by what another node found out; a warning whose time is over says nothing.</summary>
    public void Heed(LaneWarning warning)
    {
        var left = warning.Until - _time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return;
        lock (_gate)
            _admission.Heed(left, warning.Asked);
        Pump();   // what has a fallback need not wait
    }

    /// <summary>Starts as many calls as may be made now, and sets the clock for the next.</summary>
    public void Pump()
    {
        while (TryTakeNext(out var next, out var movesOn))
        {
            if (movesOn)
                _move(this, next);
            else if (!_start(this, next))
                return;
        }
    }

    /// <summary>The node had no capacity for what the lane began: put back in front, without a trace.</summary>
    public void PutBack(Delivery delivery)
    {
        lock (_gate)
        {
            _admission.TakeBack();
            _queue.PutInFront(delivery);
        }
    }

    /// <summary>The lane waits for capacity of the node; false when it did already.</summary>
    public bool Starve() => Interlocked.Exchange(ref _starved, 1) == 0;

    /// <summary>There may be capacity again.</summary>
    public void Feed()
    {
        Volatile.Write(ref _starved, 0);   // before the pump: who finds no capacity again must be able to say so
        Pump();
    }

    public void Dispose() => _wake.Dispose();

    /// <param name="movesOn">It cannot be called here; otherwise its call has begun.</param>
    private bool TryTakeNext([NotNullWhen(true)] out Delivery? next, out bool movesOn)
    {
        (next, movesOn) = (null, false);
        lock (_gate)
        {
            if (_queue.Head() is not { } queue)
                return false;
            movesOn = _admission.CannotCall(queue.Peek());
            if (!movesOn && !_admission.TryBegin(out var wait))
            {
                if (wait > TimeSpan.Zero)
                    _wake.Change(wait + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return false;
            }

            next = queue.Dequeue();
            return true;
        }
    }
}
