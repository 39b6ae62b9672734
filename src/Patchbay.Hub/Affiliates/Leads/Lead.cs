using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>A lead as its affiliate names it.</summary>
public readonly record struct LeadKey(TenantId Tenant, string AffiliateId, string AffiliateLeadId);

/// <summary>Somebody whom an affiliate has brought. There is no way to delete one.</summary>
[LedgerTable("affiliate_leads")]
public sealed partial record Lead
{
    [Key] public required LeadKey Key { get; init; }

    [Fixed] public required LeadId Id { get; init; }

    [Fixed] public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>The tenant's own id of the customer that the lead has become; null as long as it is none. Once set it stays.</summary>
    public string? CustomerId { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null when it is not known.</summary>
    public string? Country { get; init; }

    /// <summary>Sum of the counted deposits less what was taken back, in the reporting currency.</summary>
    public ExactAmount Deposited { get; init; } = ExactAmount.Zero;

    /// <summary>When <c>lead.ftd</c> was published; from then on nothing is told of the lead any more. Never taken back.</summary>
    public DateTimeOffset? FtdAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
