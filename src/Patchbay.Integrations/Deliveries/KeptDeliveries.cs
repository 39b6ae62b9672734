using Patchbay.Platform.Retention;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>How long deliveries and their attempts are kept. On PostgreSQL both go by the partition.</summary>
public static class KeptDeliveries
{
    private const string Setting = "deliveries";

    /// <summary>A condition on <c>r</c>: what waits for something, be it for a person, is not finished, however old it is.</summary>
    private const string Unfinished =
        "r.status NOT IN ('delivered', 'canceled', 'exhausted') OR r.status = 'exhausted' AND coalesce(r.reason, '') = 'unresolved'";

    private static readonly TimeSpan Default = TimeSpan.FromDays(90);

    public static readonly Retained Deliveries = new("deliveries", Setting, Default, "id")
    {
        Condition = $"NOT ({Unfinished})",
        Partitions = new PartitionedTable("deliveries", "id", ["tenant_id", "id"])
        {
            Kept = Unfinished,
            Active = "r.due_at IS NOT NULL OR r.leased_by IS NOT NULL",
        },
    };

    /// <summary>After the deliveries: the attempts of one that waits for a person say why.</summary>
    public static readonly Retained Attempts = new("attempts", Setting, Default, "delivery_id")
    {
        Key = "delivery_id, number",
        Condition = "NOT EXISTS (SELECT 1 FROM deliveries AS d WHERE d.tenant_id = @tenant AND d.id = r.delivery_id)",
        Partitions = new PartitionedTable("attempts", "delivery_id", ["tenant_id", "delivery_id", "number"])
        {
            Kept = $"EXISTS (SELECT 1 FROM {Deliveries.Partitions!.First} AS d WHERE d.tenant_id = r.tenant_id AND d.id = r.delivery_id)",
        },
        Follows = Deliveries.Partitions,
    };
}
