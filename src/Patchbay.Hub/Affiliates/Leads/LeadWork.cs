using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>Registers one lead.</summary>
internal sealed class RegisterLead(Lead lead, LeadRegistration registration, DateTimeOffset now) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => AffiliateLock.Need(needs, lead.Key.Tenant, more => LeadRegistration.Need(more, lead));

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        var reporting = rows.Find(AffiliateSettingsTable.Instance, lead.Key.Tenant)!.ReportingCurrency;
        return registration.Decide(rows, lead, write: true, now).Map(registered => registered.IsNew
            ? Reply.Created(LeadView.From(registered.Lead, reporting), $"/api/v1/affiliates/leads/{lead.Id}")
            : Reply.Ok(LeadView.From(registered.Lead, reporting)));
    }
}

/// <summary>Completes or corrects what is known of a lead.</summary>
internal sealed class ChangeLead(LeadKey key, ChangeLeadRequest change, LeadTeller teller, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    private readonly string? _country = change.Country?.ToUpperInvariant();

    public override void Need(LedgerNeeds needs) => AffiliateLock.Need(needs, key.Tenant, more =>
    {
        LeadRows.NeedLead(more, key, _country);
        if (change.CustomerId is { } customer)
            LeadRows.NeedCustomer(more, new LeadCustomerKey(key.Tenant, customer));
    });

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(LeadTable.Instance, key) is not { } lead)
            return Error.NotFound("lead");
        if (change.CustomerId is { } customer && lead.CustomerId != customer)
        {
            var link = new LeadCustomer(new LeadCustomerKey(key.Tenant, customer), key);
            if (lead.CustomerId is not null)
                return AffiliateErrors.LeadHasCustomer.With("The lead is a customer already, and stays that one.");
            if (rows.Find(LeadCustomerTable.Instance, link.Key) is { } taken)
                return LeadRegistration.Taken(taken);
            rows.Insert(LeadCustomerTable.Instance, link);
        }

        var after = lead with { CustomerId = change.CustomerId ?? lead.CustomerId, Country = _country ?? lead.Country };
        if (after != lead)
        {
            after = after with { UpdatedAt = now };
            rows.Update(LeadTable.Instance, after);
            teller.Tell(rows, after, LeadEvents.Updated, null, now);
        }

        return Reply.Ok(LeadView.From(after, rows.Find(AffiliateSettingsTable.Instance, key.Tenant)!.ReportingCurrency));
    }
}
