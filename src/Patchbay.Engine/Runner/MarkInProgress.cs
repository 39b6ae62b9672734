using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// Makes it durable, before it happens, that a call which must not happen twice is being made. Null when the lease was lost; still as it
/// was when somebody canceled it in time.
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
