using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.CoyoteTests;

/// <summary>Accepts deliveries.</summary>
internal sealed class InsertAll(IReadOnlyList<Delivery> deliveries) : LedgerWork<int>
{
    public override int Decide(LedgerRows rows)
    {
        foreach (var delivery in deliveries)
            rows.Insert(DeliveryTable.Instance, delivery);
        return deliveries.Count;
    }
}
