using Patchbay.Storage;

namespace Patchbay.Hub.Retention;

/// <summary>The tables that PostgreSQL keeps in partitions.</summary>
public static class TimedTables
{
    /// <summary>A condition on <c>r</c>: what waits for something, be it for a person, is not finished, however old it is.</summary>
    public const string Unfinished = "r.status NOT IN ('delivered', 'canceled', 'exhausted') OR r.status = 'exhausted' AND coalesce(r.reason, '') = 'unresolved'";

    public static readonly PartitionedTable Deliveries = new("deliveries", "id", ["tenant_id", "id"])
    {
        Kept = Unfinished,
        Active = "r.due_at IS NOT NULL OR r.leased_by IS NOT NULL",
    };

    /// <summary>Those of kept deliveries are kept. The deliveries of the same time must have been retired before.</summary>
    public static readonly PartitionedTable Attempts = new("attempts", "delivery_id", ["tenant_id", "delivery_id", "number"])
    {
        Kept = $"EXISTS (SELECT 1 FROM {Deliveries.First} AS d WHERE d.tenant_id = r.tenant_id AND d.id = r.delivery_id)",
    };

    public static readonly PartitionedTable Events = new("events", "id", ["tenant_id", "id"]);
}
