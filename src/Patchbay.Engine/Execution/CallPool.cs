using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// Places for calls, shared fairly: no tenant has more than its share, and lanes that wait for one get it tenant by tenant. Not
/// thread-safe: <see cref="CallSlots"/> holds the lock.
/// </summary>
/// <param name="max">Above zero.</param>
/// <param name="share">What one tenant may have; above zero.</param>
internal sealed class CallPool(int max, int share)
{
    private readonly Dictionary<TenantId, int> _taken = [];
    private readonly TenantTurns<Lane> _waiting = new();

    /// <summary>May be above the limit for a while, with calls that came from another pool.</summary>
    public int Taken { get; private set; }

    public bool MayTake(TenantId tenant) => Taken < max && _taken.GetValueOrDefault(tenant) < share;

    public void Take(TenantId tenant)
    {
        Taken++;
        _taken[tenant] = _taken.GetValueOrDefault(tenant) + 1;
    }

    public void GiveBack(TenantId tenant)
    {
        Taken--;
        if (--_taken[tenant] == 0)
            _taken.Remove(tenant);
    }

    public void Wait(Lane lane) => _waiting.Add(lane.Tenant, lane);

    /// <summary>A lane that waits and may have a place now, taken from those that wait; null when there is none.</summary>
    public Lane? NextWaiting() => Taken < max && _waiting.TryTake(out var lane, MayTake) ? lane : null;
}
