using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>What this node has in memory: its lanes, the deliveries they hold, and the calls on their way.</summary>
internal sealed partial class LaneSet(
    DeliveryRunner runner, Membership membership, LaneWarnings warnings, IDestinations destinations, NodeOptions options, TimeProvider time, ILogger<LaneSet> logger) : IDisposable
{
    private readonly ConcurrentDictionary<LaneId, Lane> _lanes = new();
    private readonly ConcurrentQueue<Lane> _starved = new();
    private readonly ConcurrentDictionary<DeliveryKey, Delivery> _held = new();
    private readonly SemaphoreSlim _reconfiguring = new(1, 1);
    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationTokenSource _stopCalls = new();
    private int _calls;
    private int _moves;
    private int _liveNodes = 1;
    private volatile bool _running;

    public IEnumerable<Lane> All => _lanes.Values;

    public bool IsRunning => _running;

    /// <summary>Calls on their way now.</summary>
    public int CallsRunning => Volatile.Read(ref _calls);

    /// <summary>Calls, or moves to another lane, on their way.</summary>
    public bool IsBusy => CallsRunning > 0 || Volatile.Read(ref _moves) > 0;

    public void Open() => _running = true;

    /// <summary>Begins no more calls.</summary>
    public Task CloseAsync()
    {
        _running = false;
        return _stopped.CancelAsync();
    }

    /// <summary>Gives up waiting for the answers of calls on their way.</summary>
    public Task StopCallsAsync() => _stopCalls.CancelAsync();

    /// <summary>Null when the lane was never asked for.</summary>
    public Lane? Find(LaneId id) => _lanes.GetValueOrDefault(id);

    public bool Holds(DeliveryKey key) => _held.ContainsKey(key);

    /// <summary>The limits of destinations are shared by so many nodes.</summary>
    public void ShareBy(int liveNodes)
    {
        if (liveNodes == _liveNodes)
            return;
        _liveNodes = liveNodes;
        foreach (var tenant in _lanes.Values.Select(lane => lane.Tenant).Distinct())
            Reconfigure(tenant);
    }

    /// <summary>Forgets everything in memory: others have it by now.</summary>
    public void DropAll()
    {
        foreach (var delivery in _lanes.Values.SelectMany(lane => lane.Drain()))
            LetGo(delivery);
    }

    /// <summary>Takes a delivery out of this node's memory, so that it can be canceled; false when it is being called or not here.</summary>
    public bool TryTakeOut(Delivery delivery) =>
        _lanes.TryGetValue(delivery.Lane, out var lane) && lane.TryRemove(delivery.Key) && _held.TryRemove(delivery.Key, out _);

    /// <summary>The lane of a destination, made when it is first asked for.</summary>
    public async ValueTask<Lane> GetAsync(TenantId tenant, LaneId id, CancellationToken cancellationToken)
    {
        if (_lanes.TryGetValue(id, out var lane))
            return lane;
        var settings = await destinations.FindAsync(tenant, id, cancellationToken);
        lane = _lanes.GetOrAdd(id, _ => new Lane(tenant, id, settings.SharedBy(_liveNodes), time, TryStart, MoveOn));
        // A change between the two lines above found no lane to tell.
        lane.Configure((await destinations.FindAsync(tenant, id, cancellationToken)).SharedBy(_liveNodes));
        foreach (var warning in warnings.About(id))
            lane.Heed(warning);
        return lane;
    }

    /// <summary>Every way into a lane: what this node has in memory is what it need not look for.</summary>
    public void Hold(Lane lane, Delivery delivery)
    {
        _held[delivery.Key] = delivery;
        lane.Enqueue(delivery);
    }

    /// <summary>Not when the same delivery has come back meanwhile.</summary>
    private void LetGo(Delivery delivery) => _held.TryRemove(KeyValuePair.Create(delivery.Key, delivery));

    /// <summary>Gives everything in memory back to the database.</summary>
    public async Task HandBackAllAsync()
    {
        foreach (var drained in _lanes.Values.SelectMany(lane => lane.Drain()).Chunk(500))
        {
            foreach (var delivery in drained)
                LetGo(delivery);
            await runner.HandBackAsync(drained, membership.Self, time.GetUtcNow());
        }
    }

    private bool TryStart(Lane lane, Delivery delivery)
    {
        if (_running && TryTakeSlot())
        {
            _ = Task.Run(() => RunAsync(lane, delivery));
            return true;
        }

        lane.PutBack(delivery);
        if (lane.Starve())
            _starved.Enqueue(lane);
        if (_running && CallsRunning < options.MaxCalls)
            _ = Task.Run(FeedStarved);   // the last call ended in between, and saw nobody waiting
        return false;
    }

    private bool TryTakeSlot()
    {
        for (var calls = CallsRunning; calls < options.MaxCalls;)
        {
            var seen = Interlocked.CompareExchange(ref _calls, calls + 1, calls);
            if (seen == calls)
                return true;
            calls = seen;
        }

        return false;
    }

    private void FeedStarved()
    {
        while (_running && CallsRunning < options.MaxCalls && _starved.TryDequeue(out var lane))
            lane.Feed();
    }

    private async Task RunAsync(Lane lane, Delivery delivery)
    {
        var end = AttemptEnd.NotMade;
        try
        {
            end = await runner.AttemptAsync(delivery, _stopCalls.Token);
            if (end.Moved is not null)
                await ContinueAsync(end.Moved);
        }
        catch (Exception exception)
        {
            LogAttemptFailed(exception, delivery.Id);
        }
        finally
        {
            LetGo(delivery);
            Interlocked.Decrement(ref _calls);
            FeedStarved();   // first: a busy lane must not keep the place for itself
            if (lane.Ended(end.DestinationFailed, end.Pause))
                warnings.Tell(lane.Id, end.Refused ? end.Pause : null);   // silence may be this node's own
        }
    }

    private void MoveOn(Lane lane, Delivery delivery)
    {
        Interlocked.Increment(ref _moves);
        _ = Task.Run(async () =>
        {
            try
            {
                if (await runner.MoveOnAsync(delivery, lane.Settings, lane.BreakerIsOpen) is { } moved)
                    await ContinueAsync(moved);
            }
            catch (Exception exception)
            {
                LogAttemptFailed(exception, delivery.Id);
            }
            finally
            {
                LetGo(delivery);
                Interlocked.Decrement(ref _moves);
            }
        });
    }

    private async Task ContinueAsync(Delivery moved)
    {
        var lane = await GetAsync(moved.TenantId, moved.Lane, CancellationToken.None);
        if (_running && lane.TakesMoved(moved))
            Hold(lane, moved);
        else
            await runner.HandBackAsync([moved], moved.LeasedBy!.Value, time.GetUtcNow());
    }

    /// <summary>Reads the settings of a tenant's lanes again.</summary>
    public void Reconfigure(TenantId tenant) => _ = Task.Run(async () =>
    {
        foreach (var lane in _lanes.Values.Where(lane => lane.Tenant == tenant))
        {
            await _reconfiguring.WaitAsync();   // one at a time: what was read last is what is set last
            try
            {
                lane.Configure((await destinations.FindAsync(tenant, lane.Id, _stopped.Token)).SharedBy(_liveNodes));
            }
            catch (Exception exception) when (!_stopped.IsCancellationRequested)
            {
                LogReconfigureFailed(exception, lane.Id.Value);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            finally
            {
                _reconfiguring.Release();
            }
        }
    });

    public void Dispose()
    {
        foreach (var lane in _lanes.Values)
            lane.Dispose();
        _stopped.Dispose();
        _stopCalls.Dispose();
        _reconfiguring.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Delivery} failed unexpectedly; it is taken up again soon")]
    private partial void LogAttemptFailed(Exception exception, DeliveryId delivery);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The settings of {Lane} could not be read; it keeps those it has")]
    private partial void LogReconfigureFailed(Exception exception, Guid lane);
}
