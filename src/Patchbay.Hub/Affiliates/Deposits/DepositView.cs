using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <summary>Records that a lead has paid money in. The lead is named by exactly one of: its id; affiliate and lead; its customer.</summary>
/// <param name="Reference">The caller's own id of the deposit; 1 to 200 characters. The same one counts once.</param>
/// <param name="Amount">Decimal in major units, above zero.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Rate">What one unit of the currency is in the reporting currency; null: the stored rate.</param>
/// <param name="OccurredAt">Null: now.</param>
/// <example>
/// {"affiliate_id":"portal-7","affiliate_lead_id":"L-1042","reference":"dep-88","amount":"250.00","currency":"EUR"}
/// </example>
public sealed record RecordDepositRequest(
    LeadId? LeadId = null, string? AffiliateId = null, string? AffiliateLeadId = null, string? CustomerId = null,
    [Required] string? Reference = null, [Required, ReadAs(typeof(decimal))] JsonElement? Amount = null,
    [Required] string? Currency = null, [ReadAs(typeof(decimal))] JsonElement? Rate = null, DateTimeOffset? OccurredAt = null);

/// <summary>Takes a deposit back, in whole or in part.</summary>
/// <param name="Amount">In the deposit's currency; null: all that is left of it.</param>
/// <example>{"amount":"50.00"}</example>
public sealed record ReverseDepositRequest([ReadAs(typeof(decimal))] JsonElement? Amount = null);

/// <summary>Whether a deposit counts.</summary>
public enum DepositStatus
{
    /// <summary>It is in the lead's sum.</summary>
    Counted,

    /// <summary>Its currency has no rate; it will count as soon as there is one.</summary>
    WaitingForRate,
}

/// <summary>A deposit as the API shows it.</summary>
/// <param name="Reference">The caller's own, or the id of the payment.</param>
/// <param name="Reversed">What was taken back of the amount.</param>
/// <param name="Rate">The rate stored with it; null while it waits for one.</param>
/// <param name="Converted">What it adds to the lead's sum, in the reporting currency, exact; null while it waits.</param>
public sealed record DepositView(
    DepositId Id, string AffiliateId, string AffiliateLeadId, string Reference, DepositStatus Status, string Amount, string Reversed,
    string Currency, string? Rate, string? Converted,
    string? ReportingCurrency, DateTimeOffset OccurredAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static DepositView From(Deposit deposit) => new(
        deposit.Id, deposit.Lead.AffiliateId, deposit.Lead.AffiliateLeadId, deposit.Key.Reference,
        deposit.Rate is null ? DepositStatus.WaitingForRate : DepositStatus.Counted,
        deposit.Amount.ToAmountString(), (deposit.Amount with { MinorUnits = deposit.Reversed }).ToAmountString(),
        deposit.Amount.Currency.Code, deposit.Rate?.ToString(),
        deposit.ReportingCurrency is { } reporting ? deposit.Counted.ToAmountString(reporting) : null, deposit.ReportingCurrency?.Code,
        deposit.OccurredAt, deposit.CreatedAt, deposit.UpdatedAt);
}
