using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// Records what was done with a delivery: the attempt, the delivery, the subject and its events, in one transaction, and only while the
/// node still has the lease. A node that was declared dead cannot overwrite its successor.
/// </summary>
/// <param name="held">As it is in the database, as far as this node knows.</param>
/// <param name="before">The same with what was just done already counted.</param>
/// <param name="handler">Null: the subject is left as it is.</param>
internal sealed class RecordStep(
    Delivery held, Delivery before, NodeId node, Func<Delivery, Delivery> change, Attempt? attempt, DeliveryStep? step, CallReport? report,
    IDeliveryHandler? handler, DateTimeOffset now) : LedgerWork<Delivery?>
{
    public override string? TraceParent => before.TraceParent;

    public override void Need(LedgerNeeds needs)
    {
        needs.Held(DeliveryTable.Instance, held);
        Feature(() => handler?.Need(needs, before, report));
    }

    /// <summary>Null when the lease was lost.</summary>
    public override Delivery? Decide(LedgerRows rows)
    {
        var current = rows.Find(DeliveryTable.Instance, before.Key);
        if (current?.LeasedBy != node)
            return null;
        if (attempt is not null && current.AttemptCount >= attempt.Number)
        {
            // Recorded before, when the answer to the commit was lost. The locked row comes without what never changes.
            return current with { Payload = before.Payload, Route = before.Route, TraceParent = before.TraceParent, Companion = before.Companion };
        }

        var after = rows.Update(DeliveryTable.Instance, change(before with { CancelRequested = current.CancelRequested }));
        if (attempt is not null)
            rows.Insert(AttemptTable.Instance, attempt);
        Feature(() => handler?.Apply(rows, new StepTaken(after, before.Lane, step, report, now)));
        return after;
    }

    private static void Feature(Action callBack)
    {
        try
        {
            callBack();
        }
        catch (Exception exception)
        {
            throw new HandlerFailedException(exception);
        }
    }
}

/// <summary>A feature could not apply what happened: a bug in it, which no repetition cures.</summary>
internal sealed class HandlerFailedException(Exception inner) : Exception("A feature failed to apply the outcome of a delivery.", inner);

/// <summary>
/// Makes it durable, before it happens, that a call which must not happen twice is being made. Null when the lease was lost; still as it was
/// when somebody canceled it in time.
/// </summary>
internal sealed class MarkInProgress(Delivery delivery, NodeId node, DateTimeOffset now) : LedgerWork<Delivery?>
{
    public override void Need(LedgerNeeds needs) => needs.Held(DeliveryTable.Instance, delivery);

    public override Delivery? Decide(LedgerRows rows)
    {
        var current = rows.Find(DeliveryTable.Instance, delivery.Key);
        if (current?.LeasedBy != node)
            return null;
        var held = delivery with { CancelRequested = current.CancelRequested, Version = current.Version };
        return current.CancelRequested && !current.InDoubt
            ? held
            : rows.Update(DeliveryTable.Instance, held with { Status = DeliveryStatus.InProgress, UpdatedAt = now });
    }
}

/// <summary>Gives leased deliveries back to the database.</summary>
internal sealed class HandBack(IReadOnlyList<Delivery> deliveries, NodeId node, DateTimeOffset dueAt) : LedgerWork<int>
{
    public override void Need(LedgerNeeds needs)
    {
        foreach (var delivery in deliveries)
            needs.Held(DeliveryTable.Instance, delivery);
    }

    public override int Decide(LedgerRows rows)
    {
        var held = deliveries
            .Select(delivery => rows.Find(DeliveryTable.Instance, delivery.Key))
            .Where(current => current?.LeasedBy == node)
            .ToList();
        foreach (var current in held)
            rows.Update(DeliveryTable.Instance, current!.HandBack(dueAt));
        return held.Count;
    }
}
