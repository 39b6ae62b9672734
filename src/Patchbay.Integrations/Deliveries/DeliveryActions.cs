using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>How a person resolves a delivery whose outcome could not be found out.</summary>
public enum ResolvedOutcome
{
    /// <summary>It was carried out at the provider.</summary>
    Succeeded,

    /// <summary>It was not carried out, and is to be given up.</summary>
    Failed,

    /// <summary>It was not carried out, and is to be tried again.</summary>
    Retry,
}

/// <summary>Something a person does with a delivery: locked, decided, audited.</summary>
internal abstract class DeliveryAction(
    Delivery seen, IDeliveryHandler handler, DeliveryViews views, string actor, string action, DateTimeOffset now)
        : LedgerWork<Result<Reply, Error>>
{
    protected DateTimeOffset Now => now;

    public override void Need(LedgerNeeds needs)
    {
        needs.Row(DeliveryTable.Instance, seen.Key);
        handler.Need(needs, seen, null);
        AuditLog.Need(needs, seen.TenantId);
    }

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(DeliveryTable.Instance, seen.Key) is not { } current)
            return Error.NotFound("delivery");
        var changed = Change(current);
        if (!changed.IsSuccess)
            return changed.Error;
        var after = changed.Value with { Payload = seen.Payload, Route = seen.Route };
        if ((current.IsFinished || current.IsUnresolved) && !after.IsFinished && handler is IReopen feature
            && feature.Reopen(rows, after, actor, now) is { } error)
            return error;
        rows.Update(DeliveryTable.Instance, after);
        if (after.IsFinished)
            handler.Apply(rows, new StepTaken(after, current.Lane, null, Answer(), now));
        AuditLog.Write(rows, seen.TenantId, actor, action, seen.Id.ToString(), new { from = current.Status, to = after.Status }, now);
        return Reply.Accepted(views.Of(after), $"/api/v1/deliveries/{seen.Id}");
    }

    protected abstract Result<Delivery, Error> Change(Delivery current);

    /// <summary>What the provider is taken to have answered; null: nothing.</summary>
    protected virtual CallReport? Answer() => null;
}

/// <summary>Tries again what was given up, with what it acts for open again; what waits for its next try goes at once.</summary>
internal sealed class RetryDelivery(Delivery seen, IDeliveryHandler handler, DeliveryViews views, string actor, DateTimeOffset now)
    : DeliveryAction(seen, handler, views, actor, "delivery.retry", now)
{
    protected override Result<Delivery, Error> Change(Delivery current)
    {
        if (current.IsUnresolved)
            return DeliveryErrors.Unresolved.With("It is not known whether it was carried out: resolve it first, with POST .../resolve.");
        if (current.Status is DeliveryStatus.Delivered or DeliveryStatus.Canceled)
            return DeliveryErrors.NotRetryable.With($"The delivery is {current.Status.ToWord()}; start a new operation instead.");
        if (current.Status == DeliveryStatus.Retrying && current.LeasedBy is null)
            return current with { DueAt = Now, UpdatedAt = Now };
        return current.Status == DeliveryStatus.Exhausted
            ? current.RetryByHand(Now)
            : DeliveryErrors.NotRetryable.With($"The delivery is {current.Status.ToWord()}: it is already on its way.");
    }
}

/// <summary>Stops a delivery that was not carried out. One that a node has is stopped as soon as that node hears of it.</summary>
/// <param name="takenOut">The node of this process has just taken it out of its memory, so that it cannot be called any more.</param>
internal sealed class CancelDelivery(
    Delivery seen, IDeliveryHandler handler, DeliveryViews views, string actor, bool takenOut, DateTimeOffset now)
    : DeliveryAction(seen, handler, views, actor, "delivery.cancel", now)
{
    protected override Result<Delivery, Error> Change(Delivery current)
    {
        if (current.IsFinished)
            return DeliveryErrors.Finished.With($"The delivery is {current.Status.ToWord()} already.");
        if (current.InDoubt || current.Status is DeliveryStatus.InProgress or DeliveryStatus.Failed)
            return DeliveryErrors.InDoubt.With("It may have been carried out already, so it cannot be canceled.");
        if (current.LeasedBy is not null && !takenOut)
            return current with { CancelRequested = true, UpdatedAt = Now };
        return current.Cancel(Now);
    }
}

/// <summary>A person says what happened.</summary>
internal sealed class ResolveDelivery(
    Delivery seen, IDeliveryHandler handler, DeliveryViews views, string actor, ResolvedOutcome outcome, object? assumedAnswer,
    DateTimeOffset now)
    : DeliveryAction(seen, handler, views, actor, "delivery.resolve." + outcome.ToWord(), now)
{
    protected override Result<Delivery, Error> Change(Delivery current)
    {
        if (!current.IsUnresolved)
            return DeliveryErrors.NotUnresolved.With(
                current is { Status: DeliveryStatus.Failed, DueAt: not null } or { Status: DeliveryStatus.Failed, LeasedBy: not null }
                    ? "The provider is being asked whether it was carried out; wait for its answer."
                    : $"The delivery is {current.Status.ToWord()}; only one whose outcome is not known can be resolved.");
        return outcome switch
        {
            ResolvedOutcome.Succeeded => current with
            {
                Status = DeliveryStatus.Delivered, DueAt = null, InDoubt = false, Reason = null, LastCode = null, LastReason = null,
                LastMessage = null, UpdatedAt = Now,
            },
            ResolvedOutcome.Failed => current with
            {
                Status = DeliveryStatus.Exhausted, DueAt = null, InDoubt = false, Reason = ExhaustReason.Rejected, UpdatedAt = Now,
            },
            _ => current.RetryByHand(Now),
        };
    }

    protected override CallReport? Answer() =>
        outcome == ResolvedOutcome.Succeeded && assumedAnswer is not null ? new CallReport(assumedAnswer, null, []) : null;
}
