using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// What this node has in memory: its lanes, and the deliveries they hold. What lanes begin is in <see cref="LaneCalls"/>, how much at once
/// in <see cref="CallSlots"/>.
/// </summary>
internal sealed class LaneSet : IDisposable
{
    private readonly ConcurrentDictionary<LaneId, Lane> _lanes = new();
    private readonly HeldDeliveries _held = new();
    private readonly CallSlots _slots;
    private readonly LaneCalls _calls;
    private readonly LaneReconfiguration _reconfiguration;
    private readonly DeliveryRunner _runner;
    private readonly Membership _membership;
    private readonly LaneWarnings _warnings;
    private readonly IDestinations _destinations;
    private readonly TimeProvider _time;
    private int _liveNodes = 1;

    public LaneSet(
        DeliveryRunner runner, Membership membership, LaneWarnings warnings, IDestinations destinations, NodeOptions options,
        TimeProvider time, ILogger<LaneSet> logger)
    {
        (_runner, _membership, _warnings, _destinations, _time) = (runner, membership, warnings, destinations, time);
        _slots = new CallSlots(options, time);
        _calls = new LaneCalls(this, _held, _slots, runner, warnings, time, logger);
        _reconfiguration = new LaneReconfiguration(destinations, logger);
    }

    public IEnumerable<Lane> All => _lanes.Values;

    /// <summary>Between <see cref="Open"/> and <see cref="CloseAsync"/>: calls may begin.</summary>
    public bool IsRunning => _slots.AreOpen;

    /// <summary>Calls on their way now.</summary>
    public int CallsRunning => _slots.Taken;

    /// <summary>Calls, or moves to another lane, on their way.</summary>
    public bool IsBusy => _calls.AreRunning;

    public void Open() => _slots.Open();

    /// <summary>Begins no more calls.</summary>
    public Task CloseAsync()
    {
        _slots.Close();
        return _reconfiguration.StopAsync();
    }

    /// <summary>Gives up waiting for the answers of calls on their way.</summary>
    public Task StopCallsAsync() => _calls.StopAsync();

    /// <summary>Null when the lane was never asked for.</summary>
    public Lane? Find(LaneId id) => _lanes.GetValueOrDefault(id);

    /// <summary>Whether it waits here, or is being called.</summary>
    public bool Holds(DeliveryKey key) => _held.Contains(key);

    /// <summary>The lane of a destination, made when it is first asked for.</summary>
    public async ValueTask<Lane> GetAsync(TenantId tenant, LaneId id, CancellationToken cancellationToken)
    {
        if (_lanes.TryGetValue(id, out var lane))
            return lane;
        var settings = await _destinations.FindAsync(tenant, id, cancellationToken);
        lane = _lanes.GetOrAdd(id, _ => new Lane(tenant, id, settings.SharedBy(_liveNodes), _time, _calls.TryStart, _calls.MoveOn));
        // A change between the two lines above found no lane to tell.
        lane.Configure((await _destinations.FindAsync(tenant, id, cancellationToken)).SharedBy(_liveNodes));
        foreach (var warning in _warnings.About(id))
            lane.Heed(warning);
        return lane;
    }

    /// <summary>Every way into a lane: what this node has in memory is what it need not look for.</summary>
    public void Hold(Lane lane, Delivery delivery)
    {
        _held.Add(delivery);
        lane.Enqueue(delivery);
    }

    /// <summary>
    /// Takes a delivery out of this node's memory, so that it can be canceled; false when it is being called or not here.
    /// </summary>
    public bool TryTakeOut(Delivery delivery) =>
        _lanes.TryGetValue(delivery.Lane, out var lane) && lane.TryRemove(delivery.Key) && _held.TryRemove(delivery.Key);

    /// <summary>The limits of destinations are shared by so many nodes.</summary>
    public void ShareBy(int liveNodes)
    {
        if (liveNodes == _liveNodes)
            return;
        _liveNodes = liveNodes;
        foreach (var tenant in _lanes.Values.Select(lane => lane.Tenant).Distinct())
            _ = ReconfigureAsync(tenant);
    }

    /// <summary>Reads the settings of a tenant's lanes again.</summary>
    public Task ReconfigureAsync(TenantId tenant) =>
        _reconfiguration.RunAsync(tenant, _lanes.Values.Where(lane => lane.Tenant == tenant), () => _liveNodes);

    /// <summary>Forgets everything in memory: others have it by now.</summary>
    public void DropAll()
    {
        foreach (var delivery in _lanes.Values.SelectMany(lane => lane.Drain()))
            _held.LetGo(delivery);
    }

    /// <summary>Gives everything in memory back to the database.</summary>
    public async Task HandBackAllAsync()
    {
        foreach (var drained in _lanes.Values.SelectMany(lane => lane.Drain()).Chunk(500))
        {
            foreach (var delivery in drained)
                _held.LetGo(delivery);
            await _runner.HandBackAsync(drained, _membership.Self, _time.GetUtcNow());
        }
    }

    public void Dispose()
    {
        foreach (var lane in _lanes.Values)
            lane.Dispose();
        _calls.Dispose();
        _slots.Dispose();
        _reconfiguration.Dispose();
    }
}
