namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>What is told of a lead: to its affiliate's portal, and in the tenant's own feed.</summary>
/// <param name="CustomerId">Null as long as the lead is no customer.</param>
/// <param name="Country">Null when it is not known.</param>
/// <param name="Sequence">Numbers what is told to this affiliate, from 1, without gaps. Null on what was withheld.</param>
/// <param name="Deposit">Null when it is not about one.</param>
public sealed record LeadNews(
    LeadId LeadId, string AffiliateId, string AffiliateLeadId, string? CustomerId, string? Country, long? Sequence,
    DateTimeOffset OccurredAt, DepositNews? Deposit)
{
    internal static LeadNews Of(Lead lead, DateTimeOffset now, DepositNews? deposit) =>
        new(lead.Id, lead.Key.AffiliateId, lead.Key.AffiliateLeadId, lead.CustomerId, lead.Country, null, now, deposit);
}

/// <summary>A deposit, or what was taken back of one, as it is told.</summary>
/// <param name="Reference">The same for all that is told of one deposit.</param>
/// <param name="Amount">Of this news: what was paid in, or what was taken back; major units.</param>
/// <param name="Rate">By which it counts; null: its currency has no rate yet, and it does not count so far.</param>
/// <param name="ConvertedAmount">The amount in the reporting currency, exact; null without a rate.</param>
/// <param name="Total">What the lead's deposits come to with it, exact.</param>
public sealed record DepositNews(
    string Reference, string Amount, string Currency, DateTimeOffset OccurredAt, string? Rate, string? ConvertedAmount,
    string ReportingCurrency, string Total);
