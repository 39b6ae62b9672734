using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates;

/// <summary>Checks what is said about a lead, whichever way it comes.</summary>
internal static class LeadInput
{
    private const int MaxId = 100;

    /// <summary>1 to 100 visible characters, blanks within allowed.</summary>
    public static void CheckName(string? text, string field, Faults faults)
    {
        var name = faults.Text(text, field, MaxId);
        if (!faults.Concern(field))
            faults.Require(!name.Any(char.IsControl) && name.Trim().Length == name.Length, field, "must not begin or end with a blank, or have control characters");
    }

    public static void Check(string? affiliateId, string? affiliateLeadId, string? customerId, string? country, Faults faults)
    {
        CheckName(affiliateId, "affiliate_id", faults);
        CheckName(affiliateLeadId, "affiliate_lead_id", faults);
        CheckMore(customerId, country, faults);
    }

    public static void CheckMore(string? customerId, string? country, Faults faults)
    {
        if (customerId is not null)
            CheckName(customerId, "customer_id", faults);
        faults.Require(country is null || CountryCode.IsKnown(country.ToUpperInvariant()), "country", "must be an ISO 3166-1 alpha-2 code");
    }

    public static Lead NewLead(TenantId tenant, LeadId id, string affiliateId, string affiliateLeadId, string? customerId, string? country, DateTimeOffset now) => new()
    {
        Key = new LeadKey(tenant, affiliateId, affiliateLeadId), Id = id, CustomerId = customerId, Country = country?.ToUpperInvariant(), RegisteredAt = now, UpdatedAt = now,
    };
}
