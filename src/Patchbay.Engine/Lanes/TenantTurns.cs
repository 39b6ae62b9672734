using System.Diagnostics.CodeAnalysis;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// What waits for a place that tenants share: in its order within a tenant, and tenant by tenant, so that one that has much waiting keeps
/// nobody else from his turn. Not thread-safe.
/// </summary>
public sealed class TenantTurns<T>
{
    private readonly Dictionary<TenantId, Queue<T>> _waiting = [];
    private readonly Queue<TenantId> _turns = new();

    public int CountOf(TenantId tenant) => _waiting.TryGetValue(tenant, out var waiting) ? waiting.Count : 0;

    public void Add(TenantId tenant, T item)
    {
        if (!_waiting.TryGetValue(tenant, out var waiting))
        {
            _waiting[tenant] = waiting = new Queue<T>();
            _turns.Enqueue(tenant);
        }

        waiting.Enqueue(item);
    }

    /// <summary>What is next, taken out; false when nothing waits, or nothing of a tenant that may.</summary>
    /// <param name="may">Null: all may.</param>
    public bool TryTake([MaybeNullWhen(false)] out T item, Func<TenantId, bool>? may = null)
    {
        for (var turns = _turns.Count; turns > 0; turns--)
        {
            var tenant = _turns.Dequeue();
            if (may is not null && !may(tenant))
            {
                _turns.Enqueue(tenant);
                continue;
            }

            var waiting = _waiting[tenant];
            item = waiting.Dequeue();
            if (waiting.Count > 0)
                _turns.Enqueue(tenant);
            else
                _waiting.Remove(tenant);
            return true;
        }

        item = default;
        return false;
    }
}
