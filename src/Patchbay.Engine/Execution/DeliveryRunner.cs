using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>Makes one attempt: prepare, mark, call, decide, record. Each is a step of its own below.</summary>
internal sealed partial class DeliveryRunner(
    Ledger ledger, Membership membership, IReadOnlyDictionary<string, IDeliveryHandler> handlers, OutcomeWaiters waiters,
    TimeProvider time, Func<double> jitter, ILogger<DeliveryRunner> logger)
{
    public static readonly ActivitySource Activities = new("Patchbay.Engine");

    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(1);

    /// <summary>Null when the delivery is out of this node's hands; otherwise it has moved to another lane and is still leased here.</summary>
    /// <param name="stopping">Cancels the call itself: the node will not wait any longer.</param>
    public async Task<(Delivery? Moved, bool? DestinationFailed)> AttemptAsync(Delivery delivery, CancellationToken stopping)
    {
        if (!membership.IsConfirmed)
            return (null, null);   // others may have it by now; whoever has it will call
        var node = delivery.LeasedBy!.Value;
        var handler = handlers[delivery.Capability];
        var lookUp = delivery.Status == DeliveryStatus.Failed;
        using var activity = Activities.StartActivity("delivery.attempt", ActivityKind.Internal, delivery.TraceParent);
        activity?.SetTag("delivery.id", delivery.Id.ToString()).SetTag("delivery.capability", delivery.Capability);

        IPreparedCall call;
        try
        {
            call = await handler.PrepareAsync(delivery, stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            LogPrepareFailed(exception, delivery.Id, delivery.Capability);
            await HandBackAsync([delivery], node, time.GetUtcNow() + TimeSpan.FromSeconds(10));
            return (null, null);
        }

        if (!lookUp && call.Safety == RepeatSafety.Never && !await CommitAsync(new MarkInProgress(delivery, node, time.GetUtcNow()), delivery.Id))
            return (null, null);

        var startedAt = time.GetUtcNow();
        var started = time.GetTimestamp();
        var report = await CallAsync(call, lookUp, stopping);
        var interrupted = report is null;
        report ??= new CallReport(null, null, []);
        var took = time.GetElapsedTime(started);

        var now = time.GetUtcNow();
        var counted = lookUp ? delivery.CountLookUp() : interrupted ? delivery with { AttemptCount = delivery.AttemptCount + 1 } : delivery.CountCall(startedAt);
        if (call.Safety == RepeatSafety.Never && !lookUp)
            counted = counted with { Status = DeliveryStatus.InProgress };
        CallOutcome outcome = interrupted ? new CallOutcome.NodeLost()
            : report.Failure is { } failure ? new CallOutcome.Failed(failure)
            : lookUp && report.Answer is null ? new CallOutcome.NotFound()
            : new CallOutcome.Succeeded();
        var step = DeliveryPolicy.After(outcome, counted, call.Rules, call.Safety, now, jitter());
        counted = counted with { InDoubt = DeliveryPolicy.InDoubtAfter(outcome, counted.InDoubt, call.Safety) };

        var attempt = ToAttempt(counted, delivery.Lane, lookUp, startedAt, took, outcome, report);
        activity?.SetTag("delivery.outcome", attempt.Outcome.ToWord()).SetTag("delivery.step", step.GetType().Name);
        LogAttempt(delivery.Id, delivery.Capability, attempt.Number, attempt.Outcome, attempt.HttpStatus, attempt.Code, attempt.DurationMs, step.GetType().Name);

        var recorded = await CommitAsync(
            new RecordStep(counted, node, before => before.Take(step, report.Failure, now), attempt, step, report, handler, now), delivery.Id);
        if (recorded is null)
            return (null, null);
        waiters.Signal(delivery.Key);
        return (recorded.LeasedBy == node ? recorded : null, IsDestinationsFault(outcome));
    }

    /// <summary>A delivery that cannot be called on its lane: expired, moved to a fallback, or back to the database until it can be.</summary>
    public async Task<Delivery?> MoveOnAsync(Delivery delivery, LaneSettings settings, bool breakerOpen)
    {
        var node = delivery.LeasedBy!.Value;
        var handler = handlers[delivery.Capability];
        var now = time.GetUtcNow();
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
        var recorded = await CommitAsync(
            new RecordStep(delivery, node, before => before.Take(step, why, now), null, step, new CallReport(null, why, []), handler, now), delivery.Id);
        if (recorded is not null)
            waiters.Signal(delivery.Key);
        return recorded?.LeasedBy == node ? recorded : null;
    }

    /// <summary>A delivery found with a dead node: it may have been sent. False when it could not be prepared; it is found again.</summary>
    public async Task<bool> RecoverAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var handler = handlers[delivery.Capability];
        IPreparedCall call;
        try
        {
            call = await handler.PrepareAsync(delivery, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogPrepareFailed(exception, delivery.Id, delivery.Capability);
            return false;
        }

        var now = time.GetUtcNow();
        var outcome = new CallOutcome.NodeLost();
        var counted = delivery with { AttemptCount = delivery.AttemptCount + 1 };
        var step = DeliveryPolicy.After(outcome, counted, call.Rules, call.Safety, now, jitter());
        var mayHaveBeenSent = call.Safety != RepeatSafety.Never || delivery.Status == DeliveryStatus.InProgress;
        counted = counted with { InDoubt = delivery.InDoubt || mayHaveBeenSent, FirstCallAt = delivery.FirstCallAt ?? delivery.CreatedAt };
        var attempt = ToAttempt(counted, delivery.Lane, false, now, TimeSpan.Zero, outcome, new CallReport(null, null, []));
        LogAttempt(delivery.Id, delivery.Capability, attempt.Number, attempt.Outcome, null, attempt.Code, 0, step.GetType().Name);
        await CommitAsync(
            new RecordStep(counted, delivery.LeasedBy!.Value, before => before.Take(step, null, now), attempt, step, null, handler, now), delivery.Id);
        return true;
    }

    /// <summary>A cancel request for a delivery that is held but not being called.</summary>
    public async Task CancelAsync(Delivery delivery)
    {
        var now = time.GetUtcNow();
        await CommitAsync(
            new RecordStep(delivery, delivery.LeasedBy!.Value, before => before.Cancel(now), null, null, null, handlers[delivery.Capability], now), delivery.Id);
        waiters.Signal(delivery.Key);
    }

    public Task<int> HandBackAsync(IReadOnlyList<Delivery> deliveries, NodeId node, DateTimeOffset dueAt) =>
        ledger.CommitAsync(new HandBack(deliveries, node, dueAt), CancellationToken.None);

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
            catch (Exception exception)
            {
                LogCommitFailed(exception, id);
                await Task.Delay(PauseAfterError, time, CancellationToken.None);
                if (!membership.IsConfirmed)
                    return default;
            }
        }
    }

    private static Attempt ToAttempt(
        Delivery counted, LaneId lane, bool lookUp, DateTimeOffset startedAt, TimeSpan took, CallOutcome outcome, CallReport report) => new()
    {
        TenantId = counted.TenantId,
        DeliveryId = counted.Id,
        Number = counted.AttemptCount,
        Kind = lookUp ? AttemptKind.LookUp : AttemptKind.Call,
        Lane = lane,
        StartedAt = startedAt,
        DurationMs = (int)Math.Min(took.TotalMilliseconds, int.MaxValue),
        Outcome = outcome switch
        {
            CallOutcome.Succeeded or CallOutcome.NotFound => AttemptOutcome.Ok,
            CallOutcome.Failed { Failure.Outcome: FailureOutcome.Rejected } => AttemptOutcome.Rejected,
            CallOutcome.Failed { Failure.Outcome: FailureOutcome.Transient } => AttemptOutcome.Transient,
            _ => AttemptOutcome.Unknown,
        },
        HttpStatus = report.Failure?.HttpStatus ?? (report.Exchanges.Count > 0 ? report.Exchanges[^1].HttpStatus : null),
        Code = outcome switch { CallOutcome.NodeLost => "node_lost", CallOutcome.NotFound => "not_found", _ => report.Failure?.Code },
        Message = outcome switch
        {
            CallOutcome.NodeLost => "The process stopped while it had this delivery; a call may or may not have been made.",
            CallOutcome.NotFound => "The provider does not know it: nothing was done.",
            _ => report.Failure?.Message,
        },
        RequestHash = report.Exchanges.Count > 0 ? report.Exchanges[^1].RequestHash : null,
        ResponseHash = report.Exchanges.Count > 0 ? report.Exchanges[^1].ResponseHash : null,
        RequestExcerpt = report.Exchanges.Count > 0 ? report.Exchanges[^1].RequestExcerpt : null,
        ResponseExcerpt = report.Exchanges.Count > 0 ? report.Exchanges[^1].ResponseExcerpt : null,
    };

    private static bool? IsDestinationsFault(CallOutcome outcome) => outcome switch
    {
        CallOutcome.NodeLost => null,
        CallOutcome.Failed { Failure: { Cause: FailureCause.Provider, Outcome: not FailureOutcome.Rejected } } => true,
        _ => false,
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Attempt {Number} of {Delivery} ({Capability}): {Outcome}, status {HttpStatus}, code {Code}, {DurationMs} ms, then {Step}")]
    private partial void LogAttempt(DeliveryId delivery, string capability, int number, AttemptOutcome outcome, int? httpStatus, string? code, int durationMs, string step);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Delivery} ({Capability}) could not be prepared; it is tried again soon")]
    private partial void LogPrepareFailed(Exception exception, DeliveryId delivery, string capability);

    [LoggerMessage(Level = LogLevel.Error, Message = "A connector threw; its outcome counts as unknown")]
    private partial void LogConnectorThrew(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of {Delivery} could not be committed; trying again")]
    private partial void LogCommitFailed(Exception exception, DeliveryId delivery);
}
