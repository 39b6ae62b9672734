using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// Runs the deliveries of this node: accepted ones go from memory straight to their lane, everything else is claimed from the database
/// when due. Written for many equal nodes; one is the simplest case.
/// </summary>
public sealed class DeliveryEngine : IHostedService, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopClaiming = new();
    private readonly Membership _membership;
    private readonly IDestinations _destinations;
    private readonly DeliveryRunner _runner;
    private readonly LaneWarnings _warnings;
    private readonly LaneSet _lanes;
    private readonly DueDeliveries _due;
    private readonly EngineLoops _loops;
    private readonly NodeOptions _options;
    private readonly TimeProvider _time;
    private Task _running = Task.CompletedTask;

    public DeliveryEngine(
        Database database, Ledger ledger, Membership membership, IDestinations destinations, IEnumerable<IDeliveryHandler> handlers,
        NodeOptions options, TimeProvider time, Func<double> jitter, ILoggerFactory loggers)
    {
        _membership = membership;
        _destinations = destinations;
        _options = options;
        _time = time;
        Outage = new DatabaseOutage(time, loggers.CreateLogger<DatabaseOutage>());
        _runner = new DeliveryRunner(
            ledger, membership, handlers.ToDictionary(handler => handler.Capability), Waiters, Outage, time, jitter,
            loggers.CreateLogger<DeliveryRunner>());
        _warnings = new LaneWarnings(database, membership, time);
        _lanes = new LaneSet(_runner, membership, _warnings, destinations, options, time, loggers.CreateLogger<LaneSet>());
        _due = new DueDeliveries(database, time);
        _loops = Loops(_due, new StalledSessions(database), new EngineLog(loggers.CreateLogger<EngineLoops>()));
    }

    /// <summary>For callers that want the first outcome with their answer.</summary>
    public OutcomeWaiters Waiters { get; } = new();

    /// <summary>Raised, on any thread, after a step of a delivery was committed by this node: the delivery as it is then.</summary>
    public event Action<Delivery>? Recorded
    {
        add => _runner.Recorded += value;
        remove => _runner.Recorded -= value;
    }

    /// <summary>What is known about the database being away.</summary>
    public DatabaseOutage Outage { get; }

    /// <summary>Calls on their way now.</summary>
    public int CallsRunning => _lanes.CallsRunning;

    /// <summary>Joins the nodes, hears what they know of destinations, and begins to claim.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _membership.JoinAsync(cancellationToken);
        await _warnings.ExchangeAsync(cancellationToken);
        _destinations.Changed += _lanes.ReconfigureAsync;
        _lanes.Open();
        _running = _loops.RunAsync(_stopClaiming.Token);
    }

    /// <summary>No new claims; calls on their way end or are given up; what waits in memory goes back. Nothing spends an attempt.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_lanes.IsRunning)
            return;
        _destinations.Changed -= _lanes.ReconfigureAsync;
        await _lanes.CloseAsync();
        await _stopClaiming.CancelAsync();
        await _running;
        await _lanes.HandBackAllAsync();

        var deadline = _time.GetUtcNow() + _options.StopTimeout;
        while (_lanes.IsBusy && _time.GetUtcNow() < deadline && !cancellationToken.IsCancellationRequested)
            await LookAgainAsync();
        await _lanes.StopCallsAsync();
        while (_lanes.IsBusy)
            await LookAgainAsync();
        await _lanes.HandBackAllAsync();
        await _membership.LeaveAsync(CancellationToken.None);
    }

    /// <summary>By the machine's clock: what is waited for ends by itself, also where the node's own clock stands still.</summary>
    private static Task LookAgainAsync() => Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);

    /// <summary>
    /// Decides, before it is written, where a new delivery begins: leased to this node and in memory, or waiting in the database.
    /// After the commit it is handed to <see cref="Start"/>.
    /// </summary>
    public async ValueTask<Delivery> PlaceAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (delivery.DueAt > now)
            return delivery;
        var lane = _lanes.IsRunning ? await _lanes.GetAsync(delivery.TenantId, delivery.Lane, cancellationToken) : null;
        return lane is not null && _membership.IsConfirmed
            && (lane.TakesNew(delivery.Priority) || lane.Settings.ClosedBecause is not null && delivery.Fallbacks.Count > 0)
            ? delivery with { LeasedBy = _membership.Self, DueAt = null }
            : delivery with { LeasedBy = null, DueAt = now };
    }

    /// <summary>
    /// How many new deliveries a destination takes into this node's memory now; none while it is closed, or while older ones wait in the
    /// database.
    /// </summary>
    public async ValueTask<int> RoomAsync(TenantId tenant, LaneId id, DeliveryPriority priority, CancellationToken cancellationToken) =>
        _lanes.IsRunning && _membership.IsConfirmed ? (await _lanes.GetAsync(tenant, id, cancellationToken)).RoomForNew(priority) : 0;

    /// <summary>Whether anything that is due waits for a lane, in the database or in this node's memory.</summary>
    public async Task<bool> AnyDueAsync(LaneId id, CancellationToken cancellationToken) =>
        _lanes.Find(id) is { IsEmpty: false } || await _due.AnyAsync(id, cancellationToken);

    /// <summary>Whether what was placed may still be written as it is: it waits in the database, or this node can answer for it.</summary>
    public bool StillHas(Delivery placed) => placed.LeasedBy is null || placed.LeasedBy == _membership.Self && _membership.IsConfirmed;

    /// <summary>Begins with a delivery that was placed and committed; nothing to do when it waits in the database.</summary>
    public void Start(Delivery delivery)
    {
        if (delivery.LeasedBy == _membership.Self && _lanes.Find(delivery.Lane) is { } lane)
            _lanes.Hold(lane, delivery);
    }

    /// <summary>
    /// Takes a delivery out of this node's memory, so that it can be canceled; false when it is being called or not here.
    /// </summary>
    public bool TryTakeOut(Delivery delivery) => _lanes.TryTakeOut(delivery);

    /// <summary>Whether the breaker of a destination is open on this node.</summary>
    public bool BreakerIsOpen(LaneId id) => _lanes.Find(id) is { BreakerIsOpen: true };

    private EngineLoops Loops(DueDeliveries due, StalledSessions stalled, EngineLog log) => new(
        new Heartbeats(_membership, _lanes, stalled, Outage, log), new Claims(due, _lanes, _membership, Outage, log),
        new Takeovers(due, _runner, _lanes, _membership, log), new CancelRequests(due, _runner, _lanes, _membership),
        new WarningExchange(_warnings, _lanes), Outage, _options, _time, log);

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _lanes.Dispose();
        _stopClaiming.Dispose();
    }
}
