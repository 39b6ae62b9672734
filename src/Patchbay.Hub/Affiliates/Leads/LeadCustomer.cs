using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

public readonly record struct LeadCustomerKey(TenantId Tenant, string CustomerId);

/// <summary>Which lead a customer has come from: at most one, for good.</summary>
public sealed record LeadCustomer(LeadCustomerKey Key, LeadKey Lead);

/// <summary>The rows of <c>affiliate_customers</c>. Only ever inserted.</summary>
internal sealed class LeadCustomerTable : Table<LeadCustomerKey, LeadCustomer>
{
    public static readonly LeadCustomerTable Instance = new();

    private LeadCustomerTable()
        : base("affiliate_customers", customer => customer.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("customer_id", key => key.CustomerId);
        Fixed("affiliate_id", customer => customer.Lead.AffiliateId);
        Fixed("affiliate_lead_id", customer => customer.Lead.AffiliateLeadId);
    }

    public override LeadCustomer Read(Row row)
    {
        var tenant = row.Id<TenantId>("tenant_id");
        return new LeadCustomer(new LeadCustomerKey(tenant, row.Text("customer_id")), new LeadKey(tenant, row.Text("affiliate_id"), row.Text("affiliate_lead_id")));
    }
}
