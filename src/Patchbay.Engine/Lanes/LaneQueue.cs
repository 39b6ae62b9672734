namespace Patchbay.Engine;

/// <summary>
/// What waits in a lane, by priority. Memory is bounded: what is beyond waits in the database, and as long as it does, new deliveries of
/// that priority queue behind it there, so that nobody is overtaken. Not thread-safe: its lane holds the lock.
/// </summary>
internal sealed class LaneQueue
{
    private readonly Queue<Delivery>[] _waiting = [new(), new(), new()];
    private readonly bool[] _overflowed = new bool[3];

    public bool IsEmpty => _waiting.All(queue => queue.Count == 0);

    /// <summary>Places left in memory for a priority.</summary>
    public int Room(DeliveryPriority priority) => Lane.MemoryPerPriority - _waiting[(int)priority].Count;

    /// <summary>Places left for new ones; none while older ones wait in the database.</summary>
    public int RoomForNew(DeliveryPriority priority) => _overflowed[(int)priority] ? 0 : Math.Max(0, Room(priority));

    /// <summary>The database holds work of a priority.</summary>
    public void Overflowed(DeliveryPriority priority) => _overflowed[(int)priority] = true;

    /// <summary>The database holds no more due work but of these priorities.</summary>
    public void CaughtUp(IEnumerable<DeliveryPriority> except)
    {
        Array.Clear(_overflowed);
        foreach (var priority in except)
            Overflowed(priority);
    }

    public void Enqueue(Delivery delivery) => _waiting[(int)delivery.Priority].Enqueue(delivery);

    /// <summary>Rare, and therefore allowed to cost a copy of the queue.</summary>
    public void PutInFront(Delivery delivery)
    {
        var queue = _waiting[(int)delivery.Priority];
        Refill(queue, [delivery, .. queue]);
    }

    /// <summary>The queue of the highest priority that has anything; null when nothing waits.</summary>
    public Queue<Delivery>? Head()
    {
        foreach (var queue in _waiting)
        {
            if (queue.Count > 0)
                return queue;
        }

        return null;
    }

    /// <summary>False when it does not wait here.</summary>
    public bool TryRemove(DeliveryKey key)
    {
        foreach (var queue in _waiting)
        {
            if (!queue.Any(delivery => delivery.Key == key))
                continue;
            Refill(queue, [.. queue.Where(delivery => delivery.Key != key)]);
            return true;
        }

        return false;
    }

    /// <summary>Empties it.</summary>
    public IReadOnlyList<Delivery> Drain()
    {
        var all = _waiting.SelectMany(queue => queue).ToArray();
        foreach (var queue in _waiting)
            queue.Clear();
        return all;
    }

    private static void Refill(Queue<Delivery> queue, Delivery[] deliveries)
    {
        queue.Clear();
        foreach (var delivery in deliveries)
            queue.Enqueue(delivery);
    }
}
