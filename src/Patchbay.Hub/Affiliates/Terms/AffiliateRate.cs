using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Terms;

public readonly record struct AffiliateRateKey(TenantId Tenant, string Currency);

/// <summary>At what rate deposits of a currency are converted from now on.</summary>
/// <param name="ReportingCurrency">What it converts to; a rate to another currency than the tenant's present one is not used.</param>
public sealed record AffiliateRate(
    TenantId TenantId, Currency Currency, Currency ReportingCurrency, ExchangeRate Rate, DateTimeOffset UpdatedAt)
{
    public AffiliateRateKey Key => new(TenantId, Currency.Code);
}

/// <summary>The rows of <c>affiliate_rates</c>.</summary>
internal sealed class AffiliateRateTable : Table<AffiliateRateKey, AffiliateRate>
{
    public static readonly AffiliateRateTable Instance = new();

    private AffiliateRateTable()
        : base("affiliate_rates", rate => rate.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("currency", key => key.Currency);
        Mutable("reporting_currency", rate => rate.ReportingCurrency.Code);
        Mutable("rate", rate => rate.Rate.ToString());
        Mutable("updated_at", rate => rate.UpdatedAt);
    }

    public override AffiliateRate Read(Row row) => new(
        row.Id<TenantId>("tenant_id"), Currency.Parse(row.Text("currency")), Currency.Parse(row.Text("reporting_currency")), ExchangeRate.Parse(row.Text("rate")), row.Time("updated_at"));
}
