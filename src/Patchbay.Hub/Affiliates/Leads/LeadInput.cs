using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>Checks what is said about a lead, whichever way it comes.</summary>
internal static class LeadInput
{
    public static void Check(string? affiliateId, string? affiliateLeadId, string? customerId, string? country, Faults faults)
    {
        AffiliateName.Check(affiliateId, "affiliate_id", faults);
        AffiliateName.Check(affiliateLeadId, "affiliate_lead_id", faults);
        CheckMore(customerId, country, faults);
    }

    public static void CheckMore(string? customerId, string? country, Faults faults)
    {
        if (customerId is not null)
            AffiliateName.Check(customerId, "customer_id", faults);
        CountryCode.Read(country, "country", faults);
    }

    public static Lead NewLead(
        TenantId tenant, LeadId id, string affiliateId, string affiliateLeadId, string? customerId, string? country,
        DateTimeOffset now) => new()
    {
        Key = new LeadKey(tenant, affiliateId, affiliateLeadId), Id = id, CustomerId = customerId, Country = country?.ToUpperInvariant(),
        RegisteredAt = now, UpdatedAt = now,
    };
}
