using Patchbay.Storage;

namespace Patchbay.Engine;

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
