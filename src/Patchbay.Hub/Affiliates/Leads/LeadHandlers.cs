using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>What can be done with leads.</summary>
public sealed class LeadHandlers(
    Database database, AffiliateBook book, LeadRegistration registration, LeadTeller teller, IdGenerator ids, TimeProvider time)
{
    public async Task<Result<Operation, Error>> RegisterAsync(
        Caller caller, RegisterLeadRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        LeadInput.Check(request.AffiliateId, request.AffiliateLeadId, request.CustomerId, request.Country, faults);
        if (faults.Any)
            return faults.ToError();
        await book.EnsureAsync(caller.Tenant, cancellationToken);
        var now = time.GetUtcNow();
        var lead = LeadInput.NewLead(
            caller.Tenant, ids.New<LeadId>(), request.AffiliateId!, request.AffiliateLeadId!, request.CustomerId, request.Country, now);
        return new Operation(new RegisterLead(lead, registration, now));
    }

    public async Task<Result<Operation, Error>> ChangeAsync(
        Caller caller, LeadId id, ChangeLeadRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } lead)
            return Error.NotFound("lead");
        var faults = new Faults();
        LeadInput.CheckMore(request.CustomerId, request.Country, faults);
        return faults.Any ? faults.ToError() : new Operation(new ChangeLead(lead.Key, request, teller, time.GetUtcNow()));
    }

    /// <summary>Null when there is no such lead.</summary>
    public Task<Lead?> FindAsync(TenantId tenant, LeadId id, CancellationToken cancellationToken) =>
        database.FindAsync(
            "SELECT * FROM affiliate_leads WHERE tenant_id = @tenant AND id = @id LIMIT 1", new { tenant, id }, LeadTable.Instance.Read,
            cancellationToken);

    /// <summary>One row more than the page has, newest first.</summary>
    public Task<IReadOnlyList<Lead>> ListAsync(
        TenantId tenant, PageRequest page, string? affiliateId, string? customerId, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter().And("tenant_id = @tenant", "tenant", tenant).And("id < @before", "before", page.Before)
            .And("affiliate_id = @affiliate", "affiliate", affiliateId)
            .And("customer_id = @customer", "customer", customerId).With("limit", page.Limit + 1);
        return database.QueryAsync(
            $"SELECT * FROM affiliate_leads WHERE {filter.Where} ORDER BY id DESC LIMIT @limit", filter.Parameters, LeadTable.Instance.Read,
            cancellationToken);
    }
}
