using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>
/// Numbers the events of an affiliate. It is locked from the decision to the commit, so the order of the numbers is the order of the
/// commits, whatever the clocks of the nodes say.
/// </summary>
public sealed record AffiliateCounter(AffiliateKey Key, long LastSeq);

/// <summary>The rows of <c>affiliate_counters</c>.</summary>
internal sealed class AffiliateCounterTable : Table<AffiliateKey, AffiliateCounter>
{
    public static readonly AffiliateCounterTable Instance = new();

    private AffiliateCounterTable()
        : base("affiliate_counters", counter => counter.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("affiliate_id", key => key.AffiliateId);
        Mutable("last_seq", counter => counter.LastSeq);
    }

    public override AffiliateCounter Read(Row row) => new(new AffiliateKey(row.Id<TenantId>("tenant_id"), row.Text("affiliate_id")), row.Long("last_seq"));

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
