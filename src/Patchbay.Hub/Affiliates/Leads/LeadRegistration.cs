using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>Registers leads and tells of it. Registering the same once more changes nothing.</summary>
public sealed class LeadRegistration(LeadTeller teller)
{
    internal static void Need(LedgerNeeds needs, Lead lead)
    {
        LeadRows.NeedLead(needs, lead.Key, lead.Country);
        if (lead.CustomerId is { } customer)
            LeadRows.NeedCustomer(needs, new LeadCustomerKey(lead.Key.Tenant, customer));
    }

    /// <summary>
    /// The lead as it is then, and whether it is new; an error when another lead or customer is in the way. Without writing that is all it
    /// says.
    /// </summary>
    internal Result<(Lead Lead, bool IsNew), Error> Decide(LedgerRows rows, Lead lead, bool write, DateTimeOffset now)
    {
        if (rows.Find(LeadTable.Instance, lead.Key) is { } present)
        {
            return present.CustomerId == lead.CustomerId && present.Country == lead.Country
                ? (present, false)
                : AffiliateErrors.LeadExists.With(
                    $"The lead is registered with another customer or country ({present.Id}); "
                    + "change it with PATCH /api/v1/affiliates/leads/{id}.");
        }

        var link = lead.CustomerId is { } customer ? new LeadCustomer(new LeadCustomerKey(lead.Key.Tenant, customer), lead.Key) : null;
        if (link is not null && rows.Find(LeadCustomerTable.Instance, link.Key) is { } taken)
            return Taken(taken);
        if (write)
        {
            rows.Insert(LeadTable.Instance, lead);
            if (link is not null)
                rows.Insert(LeadCustomerTable.Instance, link);
            teller.Tell(rows, lead, LeadEvents.Registered, null, now);
        }

        return (lead, true);
    }

    internal static Error Taken(LeadCustomer taken) =>
        AffiliateErrors.CustomerHasLead.With(
            $"The customer is lead '{taken.Lead.AffiliateLeadId}' of affiliate '{taken.Lead.AffiliateId}' already, and stays it.");
}
