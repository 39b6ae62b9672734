using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

public readonly record struct AffiliateEventKey(TenantId Tenant, string AffiliateId, long Seq);

/// <summary>An event for an affiliate's portal. It waits for the affiliate, not for an endpoint.</summary>
/// <param name="Data">What the portal is told, as JSON.</param>
[LedgerTable("affiliate_events", OnlyInserted = true)]
public sealed partial record AffiliateEvent(
    [Key] AffiliateEventKey Key, string AffiliateLeadId, string Type, string Data, DateTimeOffset OccurredAt);
