using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>Makes one attempt: prepare, mark, call, decide, record. Each is a step of its own below.</summary>
internal sealed partial class DeliveryRunner(
    Ledger ledger, Membership membership, IReadOnlyDictionary<string, IDeliveryHandler> handlers, OutcomeWaiters waiters,
    DatabaseOutage outage, TimeProvider time, Func<double> jitter, ILogger<DeliveryRunner> logger)
{
    public static readonly ActivitySource Activities = new("Patchbay.Engine");

    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseUnprepared = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseUnconfirmed = TimeSpan.FromMilliseconds(100);

    /// <summary>Raised, on any thread, after a step was committed: the delivery as it is now.</summary>
    public event Action<Delivery>? Recorded;

    /// <param name="stopping">Cancels the call itself: the node will not wait any longer.</param>
    public async Task<AttemptEnd> AttemptAsync(Delivery delivery, CancellationToken stopping)
    {
        var node = delivery.LeasedBy!.Value;
        if (!await MayCallAsync(delivery, node, stopping))
            return AttemptEnd.NotMade;

        var lookUp = delivery.Status == DeliveryStatus.Failed;
        Activity.Current = null;   // that of whoever woke the lane: it is not this delivery's
        using var activity = Activities.StartActivity("delivery.attempt", ActivityKind.Internal, delivery.TraceParent);
        activity?.SetTag("delivery.id", delivery.Id.ToString()).SetTag("delivery.capability", delivery.Capability);

        IDeliveryHandler handler;
        IPreparedCall call;
        try
        {
            handler = handlers[delivery.Capability];
            call = await handler.PrepareAsync(delivery, stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            await HandBackAsync([delivery], node, time.GetUtcNow());
            return AttemptEnd.NotMade;
        }
        catch (Exception exception)
        {
            var passes = outage.Explains(exception);
            if (!passes)
                LogPrepareFailed(exception, delivery.Id, delivery.Capability);
            await HandBackAsync([delivery], node, time.GetUtcNow() + (passes ? PauseAfterError : PauseUnprepared));
            return AttemptEnd.NotMade;
        }

        if (!await MayCallAsync(delivery, node, stopping))   // again: a node that stood still meanwhile must not send what others have sent since
            return AttemptEnd.NotMade;
        if (!lookUp && call.Safety == RepeatSafety.Never)
        {
            var marked = await CommitAsync(new MarkInProgress(delivery, node, time.GetUtcNow()), delivery.Id);
            if (marked is { Status: not DeliveryStatus.InProgress })
                await CancelAsync(marked);
            if (marked is not { Status: DeliveryStatus.InProgress })
                return AttemptEnd.NotMade;
            delivery = marked;
        }

        var startedAt = time.GetUtcNow();
        var started = time.GetTimestamp();
        var report = await CallAsync(call, lookUp, stopping);
        var interrupted = report is null;
        report ??= new CallReport(null, null, []);
        var took = time.GetElapsedTime(started);

        var now = time.GetUtcNow();
        var counted = interrupted ? delivery with { AttemptCount = delivery.AttemptCount + 1 } : lookUp ? delivery.CountLookUp() : delivery.CountCall(startedAt);
        if (call.Safety == RepeatSafety.Never && !lookUp)
            counted = counted with { Status = DeliveryStatus.InProgress };
        CallOutcome outcome = interrupted ? new CallOutcome.NodeLost()
            : report.Failure is { } failure ? new CallOutcome.Failed(failure)
            : lookUp && report.Answer is null ? new CallOutcome.NotFound()
            : new CallOutcome.Succeeded();
        var step = DeliveryPolicy.After(outcome, counted, call.Rules, call.Safety, now, jitter());
        counted = counted with { InDoubt = DeliveryPolicy.InDoubtAfter(outcome, counted.InDoubt, call.Safety) };

        var attempt = AttemptRecord.Of(counted, delivery.Lane, lookUp, startedAt, took, outcome, report);
        activity?.SetTag("delivery.outcome", attempt.Outcome.ToWord()).SetTag("delivery.step", step.GetType().Name);
        LogAttempt(LevelOf(attempt), delivery.Id, delivery.Capability, attempt.Number, attempt.Outcome, attempt.HttpStatus, attempt.Code, attempt.DurationMs, step.GetType().Name);

        var recorded = await RecordAsync(delivery, counted, node, step, report.Failure, attempt, report, handler, now);
        if (recorded is null)
            return AttemptEnd.NotMade;
        Tell(recorded);
        return new AttemptEnd(recorded.LeasedBy == node ? recorded : null, IsDestinationsFault(outcome), report.Pause, report.Failure?.HttpStatus is not null);
    }

    /// <summary>A delivery that cannot be called on its lane: expired, moved to a fallback, or back to the database until it can be.</summary>
    public async Task<Delivery?> MoveOnAsync(Delivery delivery, LaneSettings settings, bool breakerOpen)
    {
        var node = delivery.LeasedBy!.Value;
        var now = time.GetUtcNow();
        if (!handlers.TryGetValue(delivery.Capability, out var handler))
        {
            await HandBackAsync([delivery], node, now + PauseUnprepared);
            return null;
        }

        var money = handler.MovesMoney;
        DeliveryStep? step =
            delivery.ExpiresAt <= now ? new DeliveryStep.Exhaust(delivery.InDoubt && money ? ExhaustReason.Unresolved : ExhaustReason.Expired)
            : delivery.Fallbacks.Count > 0 && settings.MayFallBack && !(delivery.InDoubt && money) ? new DeliveryStep.FallBack()
            : null;
        if (step is null)
        {
            await HandBackAsync([delivery], node, now);
            return null;
        }

        var code = breakerOpen ? "breaker_open" : settings.ClosedBecause ?? "expired";
        var why = ProviderFailure.Rejected(FailureCause.Provider, code, $"Not called: {code}.");
        var recorded = await RecordAsync(delivery, delivery, node, step, why, null, new CallReport(null, why, []), handler, now);
        if (recorded is not null)
            Tell(recorded);
        return recorded?.LeasedBy == node ? recorded : null;
    }

    /// <summary>A delivery found with a dead node: it may have been sent. False when it could not be prepared; it is found again.</summary>
    public async Task<bool> RecoverAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        IDeliveryHandler handler;
        IPreparedCall call;
        try
        {
            handler = handlers[delivery.Capability];
            call = await handler.PrepareAsync(delivery, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!outage.Explains(exception))
                LogPrepareFailed(exception, delivery.Id, delivery.Capability);
            return false;
        }

        var now = time.GetUtcNow();
        var outcome = new CallOutcome.NodeLost();
        var counted = delivery with { AttemptCount = delivery.AttemptCount + 1 };
        var step = DeliveryPolicy.After(outcome, counted, call.Rules, call.Safety, now, jitter());
        var mayHaveBeenSent = call.Safety != RepeatSafety.Never || delivery.Status == DeliveryStatus.InProgress;
        counted = counted with { InDoubt = delivery.InDoubt || mayHaveBeenSent, FirstCallAt = delivery.FirstCallAt ?? delivery.CreatedAt };
        var attempt = AttemptRecord.Of(counted, delivery.Lane, false, now, TimeSpan.Zero, outcome, new CallReport(null, null, []));
        LogAttempt(LevelOf(attempt), delivery.Id, delivery.Capability, attempt.Number, attempt.Outcome, null, attempt.Code, 0, step.GetType().Name);
        if (await RecordAsync(delivery, counted, delivery.LeasedBy!.Value, step, null, attempt, null, handler, now) is { } recorded)
            Tell(recorded);
        return true;
    }

    /// <summary>A cancel request for a delivery that is held but not being called.</summary>
    public async Task CancelAsync(Delivery delivery)
    {
        var now = time.GetUtcNow();
        var handler = handlers.GetValueOrDefault(delivery.Capability);
        var recorded = await CommitAsync(
            new RecordStep(delivery, delivery, delivery.LeasedBy!.Value, before => before.Cancel(now), null, null, null, handler, now), delivery.Id);
        if (recorded is not null)
            Tell(recorded);
    }

    private void Tell(Delivery recorded)
    {
        waiters.Signal(recorded.Key);
        Recorded?.Invoke(recorded);
    }

    public Task<int> HandBackAsync(IReadOnlyList<Delivery> deliveries, NodeId node, DateTimeOffset dueAt) =>
        CommitAsync(new HandBack(deliveries, node, dueAt), deliveries[0].Id);

    /// <summary>When not, it was handed back, or others have it by now; whoever has it will call.</summary>
    private async Task<bool> MayCallAsync(Delivery delivery, NodeId node, CancellationToken stopping)
    {
        if (await IsMineAsync(node, stopping))
            return true;
        if (membership.Self == node)
            await HandBackAsync([delivery], node, time.GetUtcNow());
        return false;
    }

    /// <summary>
    /// Whether this node may act on what it leased. While it cannot reach the database it waits: either it is confirmed again and goes on,
    /// or it was declared dead and others have it. False also when it stops meanwhile.
    /// </summary>
    private async Task<bool> IsMineAsync(NodeId node, CancellationToken stopping)
    {
        while (membership.Self == node && !stopping.IsCancellationRequested)
        {
            if (membership.IsConfirmed)
                return true;
            await Task.Delay(PauseUnconfirmed, time, CancellationToken.None);
        }

        return false;
    }

    /// <summary>Null when the lease was lost. What a feature fails to apply is kept, with the attempt, for a person: calling again is no cure.</summary>
    private async Task<Delivery?> RecordAsync(
        Delivery held, Delivery delivery, NodeId node, DeliveryStep step, ProviderFailure? failure, Attempt? attempt, CallReport? report, IDeliveryHandler handler,
        DateTimeOffset now)
    {
        try
        {
            return await CommitAsync(
                new RecordStep(held, delivery, node, before => before.Take(step, failure, now), attempt, step, report, handler, now), delivery.Id);
        }
        catch (HandlerFailedException exception)
        {
            LogApplyFailed(exception, delivery.Id, delivery.Capability);
            var hold = new DeliveryStep.Hold();
            var why = new ProviderFailure(FailureOutcome.Unknown, FailureCause.Provider, "apply_failed", $"The hub failed to apply the outcome ({step.GetType().Name}); see the log.");
            return await CommitAsync(new RecordStep(held, delivery, node, before => before.Take(hold, why, now), attempt, hold, report, null, now), delivery.Id);
        }
    }

    /// <summary>Null when the node stopped waiting: nothing is known then.</summary>
    private async Task<CallReport?> CallAsync(IPreparedCall call, bool lookUp, CancellationToken stopping)
    {
        try
        {
            return lookUp ? await call.LookUpAsync(stopping) : await call.CallAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            // A bug in a connector: whether it had sent anything is not known.
            LogConnectorThrew(exception);
            return new CallReport(
                null, new ProviderFailure(FailureOutcome.Unknown, FailureCause.Provider, "connector_error", "The connector failed unexpectedly; see the log."), []);
        }
    }

    /// <summary>
    /// Commits however long the database takes to come back, unless this node has been silent for so long that another will find out what
    /// happened: then null or false.
    /// </summary>
    private async Task<T?> CommitAsync<T>(LedgerWork<T> work, DeliveryId id)
    {
        while (true)
        {
            try
            {
                return await ledger.CommitAsync(work, CancellationToken.None);
            }
            catch (Exception exception) when (exception is not HandlerFailedException)
            {
                if (!outage.Explains(exception))
                    LogCommitFailed(exception, id);
                await Task.Delay(PauseAfterError, time, CancellationToken.None);
                if (!membership.IsConfirmed)
                    return default;
            }
        }
    }

    private static bool? IsDestinationsFault(CallOutcome outcome) => outcome switch
    {
        CallOutcome.NodeLost => null,
        CallOutcome.Failed { Failure: { Cause: FailureCause.Provider, Outcome: not FailureOutcome.Rejected } } => true,
        _ => false,
    };

    /// <summary>What went well is in the database, and a thousand times a second too much for a log.</summary>
    private static LogLevel LevelOf(Attempt attempt) => attempt.Outcome == AttemptOutcome.Ok ? LogLevel.Debug : LogLevel.Information;

    [LoggerMessage(Message = "Attempt {Number} of {Delivery} ({Capability}): {Outcome}, status {HttpStatus}, code {Code}, {DurationMs} ms, then {Step}")]
    private partial void LogAttempt(LogLevel level, DeliveryId delivery, string capability, int number, AttemptOutcome outcome, int? httpStatus, string? code, int durationMs, string step);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Delivery} ({Capability}) could not be prepared; it is tried again soon")]
    private partial void LogPrepareFailed(Exception exception, DeliveryId delivery, string capability);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outcome of {Delivery} ({Capability}) could not be applied; it is held for a person")]
    private partial void LogApplyFailed(Exception exception, DeliveryId delivery, string capability);

    [LoggerMessage(Level = LogLevel.Error, Message = "A connector threw; its outcome counts as unknown")]
    private partial void LogConnectorThrew(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of {Delivery} could not be committed; trying again")]
    private partial void LogCommitFailed(Exception exception, DeliveryId delivery);
}

/// <summary>What an attempt came to, for its lane.</summary>
/// <param name="Moved">Null when the delivery is out of this node's hands; otherwise it has moved to another lane and is still leased here.</param>
/// <param name="DestinationFailed">Null when the call was not made, or says nothing about the destination.</param>
/// <param name="Pause">How long nothing more is to go there.</param>
/// <param name="Refused">The destination answered, and refused.</param>
internal readonly record struct AttemptEnd(Delivery? Moved, bool? DestinationFailed, TimeSpan? Pause, bool Refused)
{
    public static AttemptEnd NotMade => default;
}
