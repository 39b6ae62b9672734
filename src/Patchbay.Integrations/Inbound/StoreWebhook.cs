using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>Stores a webhook once: a repeat is only counted on the first.</summary>
/// <returns>False for a repeat.</returns>
/// <param name="counted">What is added to the tenant's day for it.</param>
internal sealed class StoreWebhook(InboxEntry entry, InboxDay counted) : LedgerWork<bool>
{
    public override void Need(LedgerNeeds needs)
    {
        needs.Row(InboxTable.Instance, entry.Key);
        needs.Row(InboxDayTable.Instance, counted.Key);
    }

    public override bool Decide(LedgerRows rows)
    {
        if (rows.Find(InboxTable.Instance, entry.Key) is { } first)
        {
            rows.Update(InboxTable.Instance, first with { Duplicates = first.Duplicates + 1 });
            return false;
        }

        rows.Insert(InboxTable.Instance, entry);
        InboxDayTable.Count(rows, counted);
        return true;
    }
}
