using System.Collections.Concurrent;

namespace Patchbay.Engine;

/// <summary>
/// How many calls a node makes at once, over all its lanes. A lane that finds no slot is starved: it queues, and whoever's call ends feeds
/// those that have waited longest before its own lane goes on.
/// </summary>
/// <param name="max">Above zero.</param>
internal sealed class CallSlots(int max)
{
    private readonly ConcurrentQueue<Lane> _starved = new();
    private int _taken;
    private volatile bool _open;

    /// <summary>Calls on their way now.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Whether calls may begin at all.</summary>
    public bool AreOpen => _open;

    private bool AnyFree => _open && Taken < max;

    public void Open() => _open = true;

    /// <summary>No more are given out; those that are taken stay so until they are released.</summary>
    public void Close() => _open = false;

    public bool TryTake()
    {
        if (!_open)
            return false;
        for (var taken = Taken; taken < max;)
        {
            var seen = Interlocked.CompareExchange(ref _taken, taken + 1, taken);
            if (seen == taken)
                return true;
            taken = seen;
        }

        return false;
    }

    /// <summary>A call ended. The starved come first: a busy lane must not keep the place for itself.</summary>
    public void Release()
    {
        Interlocked.Decrement(ref _taken);
        Feed();
    }

    /// <summary>A lane found no slot, and put back what it wanted to call.</summary>
    public void Wait(Lane lane)
    {
        if (lane.Starve())
            _starved.Enqueue(lane);
        if (AnyFree)
            _ = Task.Run(Feed);   // the last call ended in between, and saw nobody waiting
    }

    private void Feed()
    {
        while (AnyFree && _starved.TryDequeue(out var lane))
            lane.Feed();
    }
}
