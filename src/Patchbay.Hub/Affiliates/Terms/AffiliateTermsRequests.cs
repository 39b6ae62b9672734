using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>Sets from which sum of deposits on a lead of a country is a first-time depositor.</summary>
/// <param name="Amount">In the reporting currency, above zero.</param>
/// <param name="Currency">Null, or the reporting currency: said again so that nothing is mixed up.</param>
/// <example>{"amount":"100.00"}</example>
public sealed record SetFtdMinimumRequest([Required, ReadAs(typeof(decimal))] JsonElement? Amount = null, string? Currency = null);

/// <summary>A minimum as the API shows it.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, or <c>*</c>.</param>
/// <param name="InUse">False when it was set for another reporting currency than the present one.</param>
public sealed record FtdMinimumView(string Country, string Amount, string Currency, bool InUse, DateTimeOffset UpdatedAt)
{
    public static FtdMinimumView From(FtdMinimum minimum, AffiliateSettings settings) => new(
        minimum.Country, minimum.Amount.ToAmountString(), minimum.Amount.Currency.Code,
        minimum.Amount.Currency == settings.ReportingCurrency, minimum.UpdatedAt);
}

/// <summary>Sets at what rate deposits of a currency are converted from now on.</summary>
/// <param name="Rate">What one major unit of the currency is in the reporting currency: above 0, below 10^9, at most 12 decimals.</param>
/// <example>{"rate":"0.2"}</example>
public sealed record SetRateRequest([Required, ReadAs(typeof(decimal))] JsonElement? Rate = null);

/// <summary>A rate as the API shows it.</summary>
/// <param name="InUse">False when it converts to another currency than the present reporting currency.</param>
public sealed record AffiliateRateView(string Currency, string Rate, string ReportingCurrency, bool InUse, DateTimeOffset UpdatedAt)
{
    public static AffiliateRateView From(AffiliateRate rate, AffiliateSettings settings) => new(
        rate.Currency.Code, rate.Rate.ToString(), rate.ReportingCurrency.Code, rate.ReportingCurrency == settings.ReportingCurrency,
        rate.UpdatedAt);
}

/// <summary>Sets the currency in which deposits are added up.</summary>
/// <param name="ReportingCurrency">ISO 4217.</param>
/// <example>{"reporting_currency":"EUR"}</example>
public sealed record SetAffiliateSettingsRequest([Required] string? ReportingCurrency = null);

/// <summary>A tenant's settings for affiliates.</summary>
/// <param name="IsFixed">A deposit was counted: the currency cannot change any more.</param>
public sealed record AffiliateSettingsView(string ReportingCurrency, bool IsFixed)
{
    public static AffiliateSettingsView From(AffiliateSettings settings) => new(settings.ReportingCurrency.Code, settings.IsFixed);
}
