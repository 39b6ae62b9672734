using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <param name="Day">Its begin, UTC.</param>
public readonly record struct InboxDayKey(TenantId Tenant, DateTimeOffset Day, NodeId Node);

/// <summary>What one node stored of a tenant's webhooks on a day. The row of no node: the tenant was told of its full inbox.</summary>
/// <param name="KeptUntil">When the webhooks of that day go.</param>
[LedgerTable("inbox_days")]
public sealed partial record InboxDay([Key] InboxDayKey Key, long Bytes, [Fixed] DateTimeOffset KeptUntil);

public sealed partial class InboxDayTable
{
    /// <summary>The row must have been needed.</summary>
    public static void Count(LedgerRows rows, InboxDay more)
    {
        if (rows.Find(Instance, more.Key) is { } before)
            rows.Update(Instance, before with { Bytes = before.Bytes + more.Bytes });
        else
            rows.Insert(Instance, more);
    }
}
