using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <summary>What can be done with deposits.</summary>
public sealed class DepositHandlers(Database database, LeadDeposits deposits, IdGenerator ids, TimeProvider time)
{
    private const int MaxReference = 200;

    public async Task<Result<Operation, Error>> RecordAsync(
        Caller caller, RecordDepositRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var reference = faults.Text(request.Reference, "reference", MaxReference);
        var amount = AmountInput.Read(request.Amount, request.Currency, faults);
        var rate = ExchangeRate.Read(request.Rate, "rate", faults);
        var byLead = request.AffiliateId is not null || request.AffiliateLeadId is not null;
        if (byLead)
        {
            faults.Require(request.AffiliateId is not null, "affiliate_id", "is required with affiliate_lead_id");
            faults.Require(request.AffiliateLeadId is not null, "affiliate_lead_id", "is required with affiliate_id");
        }

        var named = (request.LeadId is null ? 0 : 1) + (byLead ? 1 : 0) + (request.CustomerId is null ? 0 : 1);
        faults.Require(named == 1, "lead_id", "name the lead by exactly one of: lead_id; affiliate_id and affiliate_lead_id; customer_id");
        if (faults.Any)
            return faults.ToError();
        if (await FindLeadAsync(caller.Tenant, request, cancellationToken) is not { } lead)
            return AffiliateErrors.LeadUnknown.With("There is no such lead: register it first, with POST /api/v1/affiliates/leads.");
        var now = time.GetUtcNow();
        var deposit = new Deposit
        {
            Key = new DepositKey(caller.Tenant, reference), Id = ids.New<DepositId>(), Lead = lead.Key, Amount = amount!.Value, Rate = rate,
            OccurredAt = request.OccurredAt ?? now, CreatedAt = now, UpdatedAt = now,
        };
        return new Operation(new RecordDeposit(deposit, deposits, caller.Actor, now)) { Keep = ApiRequest.KeepMoney };
    }

    public async Task<Result<Operation, Error>> ReverseAsync(
        Caller caller, DepositId id, ReverseDepositRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } deposit)
            return Error.NotFound("deposit");
        var faults = new Faults();
        var amount = request.Amount is null ? null : AmountInput.Read(request.Amount, deposit.Amount.Currency, "amount", faults);
        return faults.Any
            ? faults.ToError()
            : new Operation(new ReverseDeposit(deposit, amount, deposits, caller.Actor, time.GetUtcNow())) { Keep = ApiRequest.KeepMoney };
    }

    /// <summary>Null when there is no such deposit.</summary>
    public Task<Deposit?> FindAsync(TenantId tenant, DepositId id, CancellationToken cancellationToken) => database.FindAsync(
        "SELECT * FROM affiliate_deposits WHERE tenant_id = @tenant AND id = @id LIMIT 1", new { tenant, id }, DepositTable.Instance.Read,
        cancellationToken);

    private Task<Lead?> FindLeadAsync(TenantId tenant, RecordDepositRequest request, CancellationToken cancellationToken)
    {
        const string Select = "SELECT l.* FROM affiliate_leads AS l ";
        return request switch
        {
            { LeadId: { } lead } => Find(Select + "WHERE l.tenant_id = @tenant AND l.id = @lead LIMIT 1", new { tenant, lead }),
            { CustomerId: { } customer } => Find(
                Select + """
                    JOIN affiliate_customers AS c
                      ON c.tenant_id = l.tenant_id AND c.affiliate_id = l.affiliate_id AND c.affiliate_lead_id = l.affiliate_lead_id
                    WHERE c.tenant_id = @tenant AND c.customer_id = @customer LIMIT 1
                    """,
                new { tenant, customer }),
            _ => Find(
                Select + "WHERE l.tenant_id = @tenant AND l.affiliate_id = @AffiliateId AND l.affiliate_lead_id = @AffiliateLeadId LIMIT 1",
                new { tenant, request.AffiliateId, request.AffiliateLeadId }),
        };

        Task<Lead?> Find(string sql, object parameters) => database.FindAsync(sql, parameters, LeadTable.Instance.Read, cancellationToken);
    }
}
