using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// Runs the deliveries of this node: accepted ones go from memory straight to their lane, everything else is claimed from the database
/// when due. Written for many equal nodes; one is the simplest case.
/// </summary>
public sealed partial class DeliveryEngine : IHostedService, IAsyncDisposable
{
    private readonly ConcurrentDictionary<LaneId, Lane> _lanes = new();
    private readonly ConcurrentQueue<Lane> _starved = new();
    private readonly ConcurrentDictionary<DeliveryKey, Delivery> _held = new();
    private readonly CancellationTokenSource _stopClaiming = new();
    private readonly CancellationTokenSource _stopCalls = new();
    private readonly Membership _membership;
    private readonly IDestinations _destinations;
    private readonly DueDeliveries _due;
    private readonly DeliveryRunner _runner;
    private readonly NodeOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DeliveryEngine> _logger;
    private readonly Dictionary<LaneId, DateTimeOffset> _sweptUntil = [];
    private readonly SemaphoreSlim _reconfiguring = new(1, 1);
    private HashSet<DeliveryKey> _strays = [];
    private Task _loops = Task.CompletedTask;
    private int _calls;
    private int _moves;
    private int _liveNodes = 1;
    private volatile bool _running;

    public DeliveryEngine(
        Database database, Ledger ledger, Membership membership, IDestinations destinations, IEnumerable<IDeliveryHandler> handlers,
        NodeOptions options, TimeProvider time, Func<double> jitter, ILoggerFactory loggers)
    {
        _membership = membership;
        _destinations = destinations;
        _due = new DueDeliveries(database, time);
        _options = options;
        _time = time;
        _logger = loggers.CreateLogger<DeliveryEngine>();
        _runner = new DeliveryRunner(
            ledger, membership, handlers.ToDictionary(handler => handler.Capability), Waiters, time, jitter, loggers.CreateLogger<DeliveryRunner>());
    }

    public OutcomeWaiters Waiters { get; } = new();

    /// <summary>Calls on their way now.</summary>
    public int CallsRunning => Volatile.Read(ref _calls);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _membership.JoinAsync(cancellationToken);
        _destinations.Changed += Reconfigure;
        _running = true;
        _loops = Task.WhenAll(
            RepeatAsync("heartbeat", _options.Heartbeat, HeartbeatAsync),
            RepeatAsync("claims", _options.Poll, ClaimAsync),
            RepeatAsync("orphans", _options.Heartbeat, AdoptOrphansAsync),
            RepeatAsync("strays", _options.Timeout, FindStraysAsync),
            RepeatAsync("cancel requests", TimeSpan.FromMilliseconds(500), CancelRequestedAsync),
            RepeatAsync("closed lanes", TimeSpan.FromSeconds(2), SweepClosedLanesAsync));
    }

    /// <summary>No new claims; calls on their way end or are given up; what waits in memory goes back. Nothing spends an attempt.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_running)
            return;
        _running = false;
        _destinations.Changed -= Reconfigure;
        await _stopClaiming.CancelAsync();
        await _loops;
        await HandBackAllAsync();

        var deadline = _time.GetUtcNow() + _options.StopTimeout;
        while (IsBusy && _time.GetUtcNow() < deadline && !cancellationToken.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, CancellationToken.None);
        await _stopCalls.CancelAsync();
        while (IsBusy)
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, CancellationToken.None);
        await HandBackAllAsync();
        await _membership.LeaveAsync(CancellationToken.None);
    }

    /// <summary>
    /// Decides, before it is written, where a new delivery begins: leased to this node and in memory, or waiting in the database.
    /// After the commit it is handed to <see cref="Start"/>.
    /// </summary>
    public async ValueTask<Delivery> PlaceAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (delivery.DueAt > now)
            return delivery;
        var lane = _running ? await LaneAsync(delivery.TenantId, delivery.Lane, cancellationToken) : null;
        return lane is not null && (lane.TakesNew(delivery.Priority) || lane.Settings.ClosedBecause is not null && delivery.Fallbacks.Count > 0)
            ? delivery with { LeasedBy = _membership.Self, DueAt = null }
            : delivery with { LeasedBy = null, DueAt = now };
    }

    /// <summary>Begins with a delivery that was placed and committed; nothing to do when it waits in the database.</summary>
    public void Start(Delivery delivery)
    {
        if (delivery.LeasedBy == _membership.Self && _lanes.TryGetValue(delivery.Lane, out var lane))
            Hold(lane, delivery);
    }

    /// <summary>Takes a delivery out of this node's memory, so that it can be canceled; false when it is being called or not here.</summary>
    public bool TryTakeOut(Delivery delivery) =>
        _lanes.TryGetValue(delivery.Lane, out var lane) && lane.TryRemove(delivery.Key) && _held.TryRemove(delivery.Key, out _);

    /// <summary>Whether the breaker of a destination is open on this node.</summary>
    public bool BreakerIsOpen(LaneId id) => _lanes.TryGetValue(id, out var lane) && lane.BreakerIsOpen;

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        foreach (var lane in _lanes.Values)
            lane.Dispose();
        _stopClaiming.Dispose();
        _stopCalls.Dispose();
        _reconfiguring.Dispose();
    }

    private bool IsBusy => CallsRunning > 0 || Volatile.Read(ref _moves) > 0;

    private async ValueTask<Lane> LaneAsync(TenantId tenant, LaneId id, CancellationToken cancellationToken)
    {
        if (_lanes.TryGetValue(id, out var lane))
            return lane;
        var settings = await _destinations.FindAsync(tenant, id, cancellationToken);
        lane = _lanes.GetOrAdd(id, _ => new Lane(tenant, id, settings.SharedBy(_liveNodes), _time, TryStart, MoveOn));
        // A change between the two lines above found no lane to tell.
        lane.Configure((await _destinations.FindAsync(tenant, id, cancellationToken)).SharedBy(_liveNodes));
        return lane;
    }

    /// <summary>Every way into a lane: what this node has in memory is what it need not look for.</summary>
    private void Hold(Lane lane, Delivery delivery)
    {
        _held[delivery.Key] = delivery;
        lane.Enqueue(delivery);
    }

    /// <summary>Not when the same delivery has come back meanwhile.</summary>
    private void LetGo(Delivery delivery) => _held.TryRemove(KeyValuePair.Create(delivery.Key, delivery));

    private async Task HandBackAllAsync()
    {
        foreach (var drained in _lanes.Values.SelectMany(lane => lane.Drain()).Chunk(500))
        {
            foreach (var delivery in drained)
                LetGo(delivery);
            await _runner.HandBackAsync(drained, _membership.Self, _time.GetUtcNow());
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
        if (_running && CallsRunning < _options.MaxCalls)
            _ = Task.Run(FeedStarved);   // the last call ended in between, and saw nobody waiting
        return false;
    }

    private bool TryTakeSlot()
    {
        for (var calls = CallsRunning; calls < _options.MaxCalls;)
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
        while (_running && CallsRunning < _options.MaxCalls && _starved.TryDequeue(out var lane))
            lane.Feed();
    }

    private async Task RunAsync(Lane lane, Delivery delivery)
    {
        bool? destinationFailed = null;
        try
        {
            (var moved, destinationFailed) = await _runner.AttemptAsync(delivery, _stopCalls.Token);
            if (moved is not null)
                await ContinueAsync(moved);
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
            lane.Ended(destinationFailed);
        }
    }

    private void MoveOn(Lane lane, Delivery delivery)
    {
        Interlocked.Increment(ref _moves);
        _ = Task.Run(async () =>
        {
            try
            {
                if (await _runner.MoveOnAsync(delivery, lane.Settings, lane.BreakerIsOpen) is { } moved)
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
        var lane = await LaneAsync(moved.TenantId, moved.Lane, CancellationToken.None);
        if (_running && lane.TakesMoved(moved))
            Hold(lane, moved);
        else
            await _runner.HandBackAsync([moved], moved.LeasedBy!.Value, _time.GetUtcNow());
    }

    private void Reconfigure(TenantId tenant) => _ = Task.Run(async () =>
    {
        foreach (var lane in _lanes.Values.Where(lane => lane.Tenant == tenant))
        {
            await _reconfiguring.WaitAsync();   // one at a time: what was read last is what is set last
            try
            {
                lane.Configure((await _destinations.FindAsync(tenant, lane.Id, _stopClaiming.Token)).SharedBy(_liveNodes));
            }
            catch (Exception exception) when (!_stopClaiming.IsCancellationRequested)
            {
                LogLoopFailed(exception, "reconfigure");
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

    private async Task HeartbeatAsync(CancellationToken cancellationToken)
    {
        if (!await _membership.HeartbeatAsync(cancellationToken))
        {
            LogDeclaredDead(_membership.Self);
            foreach (var delivery in _lanes.Values.SelectMany(lane => lane.Drain()))
                LetGo(delivery);   // others have it by now
            await _membership.JoinAsync(cancellationToken);
        }

        if (_membership.LiveNodes != _liveNodes)
        {
            _liveNodes = _membership.LiveNodes;
            foreach (var tenant in _lanes.Values.Select(lane => lane.Tenant).Distinct())
                Reconfigure(tenant);
        }
    }

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        if (!_membership.IsConfirmed)
            return;
        var waitingLanes = await _due.LanesAsync(cancellationToken);
        foreach (var idle in _lanes.Values.ExceptBy(waitingLanes.Select(waiting => waiting.Lane), lane => lane.Id))
            idle.CaughtUp();
        foreach (var waiting in waitingLanes)
            await EachAsync("claims", waiting.Lane, () => ClaimAsync(waiting, cancellationToken), cancellationToken);
    }

    private async Task ClaimAsync(WaitingLane waiting, CancellationToken cancellationToken)
    {
        var lane = await LaneAsync(waiting.Tenant, waiting.Lane, cancellationToken);
        lane.CaughtUp(except: waiting.Due);
        foreach (var priority in waiting.Due)
        {
            var room = lane.Room(priority);
            if (room < Lane.MemoryPerPriority / 4)
                continue;
            foreach (var delivery in await _due.ClaimAsync(waiting.Lane, priority, _membership.Self, room, cancellationToken))
                Hold(lane, delivery);
        }
    }

    private async Task AdoptOrphansAsync(CancellationToken cancellationToken)
    {
        var abandoned = await _due.AbandonedAsync(cancellationToken);
        foreach (var dead in (await _membership.DeadAsync(cancellationToken)).Union(abandoned))
        {
            var recovered = true;
            while (recovered && await _due.OrphansAsync(dead, 500, cancellationToken) is { Count: > 0 } orphans)
            {
                var results = await Task.WhenAll(orphans.Select(orphan => _runner.RecoverAsync(orphan, cancellationToken)));
                recovered = results.All(result => result);
                LogAdopted(results.Count(result => result), dead);
            }

            if (recovered)
                await _membership.ForgetAsync(dead, cancellationToken);
        }
    }

    /// <summary>
    /// Leased to this node, but not in its memory: handed over and never begun (the answer to the commit was lost, the request was given
    /// up), or an attempt that ended unexpectedly. Seen twice, it is treated like the work of a dead node.
    /// </summary>
    private async Task FindStraysAsync(CancellationToken cancellationToken)
    {
        if (!_membership.IsConfirmed)
            return;
        var self = _membership.Self;
        var strays = (await _due.LeasedAsync(self, cancellationToken)).Where(key => !_held.ContainsKey(key)).ToHashSet();
        var again = strays.Where(_strays.Contains).ToList();
        _strays = strays;
        foreach (var key in again)
        {
            if (await _due.LeasedAsync(key, self, cancellationToken) is { } stray && !_held.ContainsKey(key))
            {
                LogStray(stray.Id);
                await _runner.RecoverAsync(stray, cancellationToken);
            }
        }
    }

    private async Task CancelRequestedAsync(CancellationToken cancellationToken)
    {
        foreach (var delivery in await _due.CancelRequestsAsync(_membership.Self, cancellationToken))
        {
            if (!delivery.InDoubt && TryTakeOut(delivery))   // in doubt it may have been carried out: that has to be found out first
                await _runner.CancelAsync(delivery);
        }
    }

    /// <summary>Work behind a closed lane waits, but what expired or may go elsewhere need not.</summary>
    private async Task SweepClosedLanesAsync(CancellationToken cancellationToken)
    {
        if (!_membership.IsConfirmed)
            return;
        foreach (var (tenant, id, _) in await _due.LanesAsync(cancellationToken))
            await EachAsync("closed lanes", id, () => SweepAsync(tenant, id, cancellationToken), cancellationToken);
    }

    private async Task SweepAsync(TenantId tenant, LaneId id, CancellationToken cancellationToken)
    {
        var lane = await LaneAsync(tenant, id, cancellationToken);
        if (lane.Settings.ClosedBecause is null)
            return;
        var after = _sweptUntil.GetValueOrDefault(id, DateTimeOffset.UnixEpoch);
        var (leased, next) = await _due.ClaimMovableAsync(id, lane.Settings.MayFallBack, after, _membership.Self, cancellationToken);
        foreach (var delivery in leased)
            Hold(lane, delivery);
        _sweptUntil[id] = next ?? DateTimeOffset.UnixEpoch;
    }

    /// <summary>What is wrong with one lane must not keep the others waiting.</summary>
    private async Task EachAsync(string name, LaneId lane, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogLaneFailed(exception, name, lane.Value);
        }
    }

    private async Task RepeatAsync(string name, TimeSpan pause, Func<CancellationToken, Task> work)
    {
        var stop = _stopClaiming.Token;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await work(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogLoopFailed(exception, name);
            }

            try
            {
                await Task.Delay(pause, _time, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Delivery} failed unexpectedly; it is taken up again soon")]
    private partial void LogAttemptFailed(Exception exception, DeliveryId delivery);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The loop for {Loop} failed; it goes on")]
    private partial void LogLoopFailed(Exception exception, string loop);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The loop for {Loop} failed for {Lane}; it goes on with the others")]
    private partial void LogLaneFailed(Exception exception, string loop, Guid lane);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Delivery} was leased to this node but not in its memory; its outcome counts as unknown")]
    private partial void LogStray(DeliveryId delivery);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Node} was declared dead by another node and gives up what it held; rejoining as a new one")]
    private partial void LogDeclaredDead(NodeId node);

    [LoggerMessage(Level = LogLevel.Information, Message = "Took over {Count} deliveries of {Node}")]
    private partial void LogAdopted(int count, NodeId node);
}
