using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>Names the rows that a decision about a lead needs, after <see cref="AffiliateLock"/>.</summary>
internal static class LeadRows
{
    /// <summary>
    /// A lead with the minimums of its country and the counter of its affiliate. Whoever writes a lead needs all of it: a deposit in the
    /// same batch may go by what was just written.
    /// </summary>
    public static void NeedLead(LedgerNeeds needs, LeadKey key, string? country)
    {
        needs.Row(AffiliateCounterTable.Instance, new AffiliateKey(key.Tenant, key.AffiliateId));
        NeedMinimum(needs, key.Tenant, FtdMinimum.Everywhere);
        NeedMinimum(needs, key.Tenant, country);
        needs.Row(LeadTable.Instance, key, (more, lead) => NeedMinimum(more, key.Tenant, lead?.Country));
    }

    /// <summary>The lead that a customer has come from, if any.</summary>
    public static void NeedCustomer(LedgerNeeds needs, LeadCustomerKey key) =>
        needs.Row(LeadCustomerTable.Instance, key, (more, customer) =>
    {
        if (customer is not null)
            NeedLead(more, customer.Lead, null);
    });

    /// <summary>The minimum that holds for a lead now; null when none does.</summary>
    public static FtdMinimum? MinimumOf(LedgerRows rows, Lead lead, AffiliateSettings settings)
    {
        var own = lead.Country is null ? null : rows.Find(FtdMinimumTable.Instance, new FtdMinimumKey(lead.Key.Tenant, lead.Country));
        var minimum = own?.Amount.Currency == settings.ReportingCurrency
            ? own
            : rows.Find(FtdMinimumTable.Instance, new FtdMinimumKey(lead.Key.Tenant, FtdMinimum.Everywhere));
        return minimum?.Amount.Currency == settings.ReportingCurrency ? minimum : null;
    }

    private static void NeedMinimum(LedgerNeeds needs, TenantId tenant, string? country)
    {
        if (country is not null)
            needs.Row(FtdMinimumTable.Instance, new FtdMinimumKey(tenant, country));
    }
}
