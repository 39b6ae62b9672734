using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// What a node does with a delivery that it has leased. An attempt is six steps, a file each: claim, prepare, mark, call, decide, record.
/// Three things may happen instead of one: it moves on, it is canceled, or it is recovered from a dead node.
/// </summary>
internal sealed class DeliveryRunner
{
    public static readonly ActivitySource Activities = new("Patchbay.Engine");

    private readonly ClaimStep _claim;
    private readonly PrepareStep _prepare;
    private readonly MarkStep _mark;
    private readonly CallStep _call;
    private readonly RecordStep _record;
    private readonly CancelStep _cancel;
    private readonly MoveOnStep _moveOn;
    private readonly RecoverStep _recover;
    private readonly TimeProvider _time;
    private readonly Func<double> _jitter;
    private readonly AttemptLog _log;

    public DeliveryRunner(
        Ledger ledger, Membership membership, IReadOnlyDictionary<string, IDeliveryHandler> handlers, OutcomeWaiters waiters,
        DatabaseOutage outage, TimeProvider time, Func<double> jitter, ILogger<DeliveryRunner> logger)
    {
        (_time, _jitter, _log) = (time, jitter, new AttemptLog(logger));
        var patient = new PatientLedger(ledger, membership, outage, time, _log);
        _record = new RecordStep(patient, waiters, _log);
        _claim = new ClaimStep(patient, membership, time);
        _prepare = new PrepareStep(handlers, _claim, outage, time, _log);
        _cancel = new CancelStep(handlers, _record, time);
        _mark = new MarkStep(patient, _cancel, time);
        _call = new CallStep(time, _log);
        _moveOn = new MoveOnStep(handlers, _claim, _prepare, _record, time);
        _recover = new RecoverStep(_prepare, _record, time, jitter, _log);
    }

    /// <summary>Raised, on any thread, after a step was committed: the delivery as it is now.</summary>
    public event Action<Delivery>? Recorded
    {
        add => _record.Recorded += value;
        remove => _record.Recorded -= value;
    }

    /// <summary>One attempt from the lease to the record.</summary>
    /// <param name="clock">Runs while the call is on its way.</param>
    /// <param name="stopping">Cancels the call itself: the node will not wait any longer.</param>
    public async Task<AttemptEnd> AttemptAsync(Delivery delivery, CallClock clock, CancellationToken stopping)
    {
        var node = delivery.LeasedBy!.Value;
        if (!await _claim.MayCallAsync(delivery, node, stopping))
            return AttemptEnd.NotMade;

        var kind = delivery.Status == DeliveryStatus.Failed ? AttemptKind.LookUp : AttemptKind.Call;
        using var activity = StartActivity(delivery);
        if (await _prepare.PrepareAsync(delivery, node, stopping) is not { } prepared)
            return AttemptEnd.NotMade;

        // Again: a node that stood still meanwhile must not send what others have sent since.
        if (!await _claim.MayCallAsync(delivery, node, stopping))
            return AttemptEnd.NotMade;
        if (await _mark.MarkAsync(delivery, node, kind, prepared.Call.Safety) is not { } marked)
            return AttemptEnd.NotMade;

        var made = await _call.MakeAsync(prepared.Call, kind, clock, stopping);
        var now = _time.GetUtcNow();
        var decision = DecideStep.After(made, marked, prepared.Call, now, _jitter());
        var attempt = AttemptRecord.Of(
            decision.Counted, marked.Lane, kind, made.StartedAt, made.Took, decision.Outcome, made.Report ?? CallReport.NothingKnown);
        activity?.SetTag("delivery.outcome", attempt.Outcome.ToWord()).SetTag("delivery.step", decision.Step.GetType().Name);
        _log.LogAttempt(marked, attempt, decision.Step);

        var failure = made.Report?.Failure;
        var recorded = await _record.RecordAsync(new Recording(marked, decision.Counted, decision.Step, prepared.Handler, now)
        {
            Failure = failure, Attempt = attempt, Report = made.Report ?? CallReport.NothingKnown,
        });
        return recorded is null ? AttemptEnd.NotMade : new AttemptEnd(
            recorded.LeasedBy == node ? recorded : null, decision.IsDestinationsFault, made.Report?.Pause, failure?.HttpStatus is not null,
            made.Took);
    }

    /// <inheritdoc cref="MoveOnStep.MoveOnAsync"/>
    public Task<Delivery?> MoveOnAsync(Delivery delivery, LaneSettings settings, bool breakerOpen) =>
        _moveOn.MoveOnAsync(delivery, settings, breakerOpen);

    /// <inheritdoc cref="RecoverStep.RecoverAsync"/>
    public Task<bool> RecoverAsync(Delivery delivery, CancellationToken cancellationToken) =>
        _recover.RecoverAsync(delivery, cancellationToken);

    /// <inheritdoc cref="CancelStep.CancelAsync"/>
    public Task CancelAsync(Delivery delivery) => _cancel.CancelAsync(delivery);

    /// <inheritdoc cref="ClaimStep.HandBackAsync"/>
    public Task<int> HandBackAsync(IReadOnlyList<Delivery> deliveries, NodeId node, DateTimeOffset dueAt) =>
        _claim.HandBackAsync(deliveries, node, dueAt);

    private static Activity? StartActivity(Delivery delivery)
    {
        Activity.Current = null;   // that of whoever woke the lane: it is not this delivery's
        return Activities.StartActivity("delivery.attempt", ActivityKind.Internal, delivery.TraceParent)
            ?.SetTag("delivery.id", delivery.Id.ToString()).SetTag("delivery.capability", delivery.Capability);
    }
}
