using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Terms;

public readonly record struct AffiliateRateKey(TenantId Tenant, string Currency);

/// <summary>At what rate deposits of a currency are converted from now on.</summary>
/// <param name="ReportingCurrency">What it converts to; a rate to another currency than the tenant's present one is not used.</param>
[LedgerTable("affiliate_rates")]
public sealed partial record AffiliateRate(
    [Key] TenantId TenantId, [Key] Currency Currency, Currency ReportingCurrency, ExchangeRate Rate, DateTimeOffset UpdatedAt)
{
    public AffiliateRateKey Key => new(TenantId, Currency.Code);
}
