using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// Records what was done with a delivery: the attempt, the delivery, the subject and its events, in one transaction, and only while the
/// node still has the lease. A node that was declared dead cannot overwrite its successor.
/// </summary>
/// <param name="held">As it is in the database, as far as this node knows.</param>
/// <param name="before">The same with what was just done already counted.</param>
/// <param name="handler">Null: the subject is left as it is.</param>
internal sealed class RecordWork(
    Delivery held, Delivery before, NodeId node, Func<Delivery, Delivery> change, Attempt? attempt, DeliveryStep? step, CallReport? report,
    IDeliveryHandler? handler, DateTimeOffset now) : LedgerWork<Delivery?>
{
    public override string? TraceParent => before.TraceParent;

    /// <summary>It writes something that came from a feature or a destination.</summary>
    public bool HasContent => handler is not null || attempt is { RequestExcerpt: not null } or { ResponseExcerpt: not null };

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
            return current with
            {
                Payload = before.Payload, Route = before.Route, TraceParent = before.TraceParent, Companion = before.Companion,
            };
        }

        var after = rows.Update(DeliveryTable.Instance, change(before with { CancelRequested = current.CancelRequested }));
        if (attempt is not null)
            rows.Insert(AttemptTable.Instance, attempt);
        Feature(() => handler?.Apply(rows, new StepTaken(after, before.Lane, step, report, now) { Attempt = attempt }));
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
            throw new UnrecordableException(exception);
        }
    }
}
