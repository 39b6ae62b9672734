using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

public readonly record struct AffiliateEventKey(TenantId Tenant, string AffiliateId, long Seq);

/// <summary>An event for an affiliate's portal. It waits for the affiliate, not for an endpoint.</summary>
/// <param name="Data">What the portal is told, as JSON.</param>
public sealed record AffiliateEvent(AffiliateEventKey Key, string AffiliateLeadId, string Type, string Data, DateTimeOffset OccurredAt);

/// <summary>The rows of <c>affiliate_events</c>. Only ever inserted.</summary>
internal sealed class AffiliateEventTable : Table<AffiliateEventKey, AffiliateEvent>
{
    public static readonly AffiliateEventTable Instance = new();

    private AffiliateEventTable()
        : base("affiliate_events", entry => entry.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("affiliate_id", key => key.AffiliateId);
        Key("seq", key => key.Seq);
        Fixed("affiliate_lead_id", entry => entry.AffiliateLeadId);
        Fixed("type", entry => entry.Type);
        Fixed("data", entry => entry.Data);
        Fixed("occurred_at", entry => entry.OccurredAt);
    }

    public override AffiliateEvent Read(Row row) => new(
        new AffiliateEventKey(row.Id<TenantId>("tenant_id"), row.Text("affiliate_id"), row.Long("seq")), row.Text("affiliate_lead_id"), row.Text("type"), row.Text("data"),
        row.Time("occurred_at"));
}
