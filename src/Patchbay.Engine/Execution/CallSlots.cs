namespace Patchbay.Engine;

/// <summary>
/// How many calls a node makes at once, over all its lanes. Lanes that are known to be quick share one pool of places, all others a larger
/// one, so that what waits for slow destinations never keeps quick ones waiting; a call that takes long moves there. A lane that finds no
/// place is starved: it queues, and whoever's call ends feeds those that have waited longest before its own lane goes on.
/// </summary>
internal sealed class CallSlots : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly HashSet<CallSlot> _taken = [];
    private readonly CallPool _quick;
    private readonly CallPool _slow;
    private readonly TimeProvider _time;
    private readonly ITimer _look;
    private volatile bool _open;

    public CallSlots(NodeOptions options, TimeProvider time)
    {
        // Of the quick places some are always left for others; slow ones are held for long, so that a share of them is smaller.
        _quick = new CallPool(options.MaxCalls, options.MaxCalls - options.MaxCalls / 4);
        _slow = new CallPool(options.MaxSlowCalls, Math.Max(1, options.MaxSlowCalls / 4));
        _time = time;
        _look = time.CreateTimer(static slots => ((CallSlots)slots!).MoveSlow(), this, LookEvery, LookEvery);
    }

    /// <summary>Calls on their way now.</summary>
    public int Taken
    {
        get
        {
            lock (_gate)
                return _taken.Count;
        }
    }

    /// <summary>Whether calls may begin at all.</summary>
    public bool AreOpen => _open;

    public void Open() => _open = true;

    /// <summary>No more are given out; those that are taken stay so until they are released.</summary>
    public void Close() => _open = false;

    /// <summary>A place for a call of the lane; null when there is none for it now.</summary>
    public CallSlot? TryTake(Lane lane)
    {
        lock (_gate)
        {
            var pool = PoolOf(lane);
            if (!_open || !pool.MayTake(lane.Tenant))
                return null;
            pool.Take(lane.Tenant);
            var slot = new CallSlot(lane, pool, new CallClock(_time));
            _taken.Add(slot);
            return slot;
        }
    }

    /// <summary>A call ended. The starved come first: a busy lane must not keep the place for itself.</summary>
    public void Release(CallSlot slot)
    {
        lock (_gate)
        {
            _taken.Remove(slot);
            slot.Pool.GiveBack(slot.Lane.Tenant);
        }

        Feed();
    }

    /// <summary>A lane found no place, and put back what it wanted to call.</summary>
    public void Wait(Lane lane)
    {
        bool mayTake;
        lock (_gate)
        {
            if (lane.Starve())
                PoolOf(lane).Wait(lane);
            mayTake = PoolOf(lane).MayTake(lane.Tenant);
        }

        if (mayTake)
            _ = Task.Run(Feed);   // the last call ended in between, and saw nobody waiting
    }

    public void Dispose() => _look.Dispose();

    private CallPool PoolOf(Lane lane) => lane.IsQuick ? _quick : _slow;

    private void Feed()
    {
        while (NextWaiting() is { } lane)
            lane.Feed();
    }

    private Lane? NextWaiting()
    {
        lock (_gate)
            return _open ? _quick.NextWaiting() ?? _slow.NextWaiting() : null;
    }

    /// <summary>What has been on its way for long leaves its place to quick ones.</summary>
    private void MoveSlow()
    {
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            foreach (var slot in _taken.Where(slot => slot.Pool == _quick && slot.Clock.OnItsWay(now) >= Lane.Long))
            {
                slot.Lane.TookLong();
                _quick.GiveBack(slot.Lane.Tenant);
                _slow.Take(slot.Lane.Tenant);
                slot.Pool = _slow;
            }
        }

        Feed();
    }
}
