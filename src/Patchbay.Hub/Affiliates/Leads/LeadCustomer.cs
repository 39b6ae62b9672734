using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

public readonly record struct LeadCustomerKey(TenantId Tenant, string CustomerId);

/// <summary>Which lead a customer has come from: at most one, for good.</summary>
[LedgerTable("affiliate_customers", OnlyInserted = true)]
public sealed partial record LeadCustomer([Key] LeadCustomerKey Key, LeadKey Lead);
