using System.Collections.Concurrent;

namespace Patchbay.Engine;

/// <summary>What this node has in memory, waiting or being called: what it need not look for in the database.</summary>
internal sealed class HeldDeliveries
{
    private readonly ConcurrentDictionary<DeliveryKey, Delivery> _held = new();

    public bool Contains(DeliveryKey key) => _held.ContainsKey(key);

    public void Add(Delivery delivery) => _held[delivery.Key] = delivery;

    /// <summary>Not when the same delivery has come back meanwhile.</summary>
    public void LetGo(Delivery delivery) => _held.TryRemove(KeyValuePair.Create(delivery.Key, delivery));

    /// <summary>False when it is not here.</summary>
    public bool TryRemove(DeliveryKey key) => _held.TryRemove(key, out _);
}
