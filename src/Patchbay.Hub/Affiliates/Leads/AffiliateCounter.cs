using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>
/// Numbers the events of an affiliate. It is locked from the decision to the commit, so the order of the numbers is the order of the
/// commits, whatever the clocks of the nodes say.
/// </summary>
[LedgerTable("affiliate_counters")]
public sealed partial record AffiliateCounter([Key] AffiliateKey Key, long LastSeq);

public sealed partial class AffiliateCounterTable
{
    /// <summary>The next number; the row must have been needed.</summary>
    public static long Next(LedgerRows rows, AffiliateKey key)
    {
        var before = rows.Find(Instance, key);
        var next = new AffiliateCounter(key, (before?.LastSeq ?? 0) + 1);
        if (before is null)
            rows.Insert(Instance, next);
        else
            rows.Update(Instance, next);
        return next.LastSeq;
    }
}
