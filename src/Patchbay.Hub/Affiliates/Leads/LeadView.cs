using System.ComponentModel.DataAnnotations;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>Registers a lead.</summary>
/// <param name="AffiliateId">The affiliate who has brought it, by a name of the tenant's own; 1 to 100 characters.</param>
/// <param name="AffiliateLeadId">What the affiliate calls it; 1 to 100 characters.</param>
/// <param name="CustomerId">The tenant's id of the customer, as payments name it in <c>customer.id</c>; null when it is none yet.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null: the minimum of <c>*</c> holds.</param>
/// <example>{"affiliate_id":"portal-7","affiliate_lead_id":"L-1042","country":"BR"}</example>
public sealed record RegisterLeadRequest(
    [Required] string? AffiliateId = null, [Required] string? AffiliateLeadId = null, string? CustomerId = null, string? Country = null);

/// <summary>Completes or corrects a lead; what is not given stays as it is.</summary>
/// <param name="CustomerId">Can be set once.</param>
/// <param name="Country">Counts from the next deposit on.</param>
/// <example>{"customer_id":"cus_17"}</example>
public sealed record ChangeLeadRequest(string? CustomerId = null, string? Country = null);

/// <summary>A lead as the API shows it.</summary>
/// <param name="Deposited">What its counted deposits come to, less what was taken back; in the reporting currency, exact and never
/// rounded.</param>
/// <param name="FtdAt">When <c>lead.ftd</c> was published; null before. Nothing is told of the lead after it.</param>
public sealed record LeadView(
    LeadId Id, string AffiliateId, string AffiliateLeadId, string? CustomerId, string? Country, string Deposited, string ReportingCurrency,
    DateTimeOffset? FtdAt, DateTimeOffset RegisteredAt, DateTimeOffset UpdatedAt)
{
    public static LeadView From(Lead lead, Currency reporting) => new(
        lead.Id, lead.Key.AffiliateId, lead.Key.AffiliateLeadId, lead.CustomerId, lead.Country, lead.Deposited.ToAmountString(reporting),
        reporting.Code, lead.FtdAt, lead.RegisteredAt, lead.UpdatedAt);
}
