using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>A lead as its affiliate names it.</summary>
public readonly record struct LeadKey(TenantId Tenant, string AffiliateId, string AffiliateLeadId);

/// <summary>Somebody whom an affiliate has brought.</summary>
public sealed record Lead
{
    public required LeadKey Key { get; init; }

    public required LeadId Id { get; init; }

    /// <summary>The tenant's own id of the customer that the lead has become; null as long as it is none. Once set it stays.</summary>
    public string? CustomerId { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null when it is not known.</summary>
    public string? Country { get; init; }

    /// <summary>Sum of the counted deposits less what was taken back, in the reporting currency.</summary>
    public ExactAmount Deposited { get; init; } = ExactAmount.Zero;

    /// <summary>When <c>lead.ftd</c> was published; from then on nothing is told of the lead any more. Never taken back.</summary>
    public DateTimeOffset? FtdAt { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>The rows of <c>affiliate_leads</c>. There is no way to delete one.</summary>
internal sealed class LeadTable : Table<LeadKey, Lead>
{
    public static readonly LeadTable Instance = new();

    private LeadTable()
        : base("affiliate_leads", lead => lead.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("affiliate_id", key => key.AffiliateId);
        Key("affiliate_lead_id", key => key.AffiliateLeadId);
        Fixed("id", lead => lead.Id.Value);
        Fixed("registered_at", lead => lead.RegisteredAt);
        Mutable("customer_id", lead => lead.CustomerId);
        Mutable("country", lead => lead.Country);
        Mutable("deposited", lead => lead.Deposited.ToStored());
        Mutable("ftd_at", lead => lead.FtdAt);
        Mutable("updated_at", lead => lead.UpdatedAt);
    }

    public override Lead Read(Row row) => new()
    {
        Key = new LeadKey(row.Id<TenantId>("tenant_id"), row.Text("affiliate_id"), row.Text("affiliate_lead_id")),
        Id = row.Id<LeadId>("id"),
        CustomerId = row.FindText("customer_id"),
        Country = row.FindText("country"),
        Deposited = ExactAmount.Parse(row.Text("deposited")),
        FtdAt = row.FindTime("ftd_at"),
        RegisteredAt = row.Time("registered_at"),
        UpdatedAt = row.Time("updated_at"),
    };
}
