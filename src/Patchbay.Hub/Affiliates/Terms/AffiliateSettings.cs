using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>What a tenant has set for all its affiliates.</summary>
/// <param name="ReportingCurrency">In which deposits are added up.</param>
/// <param name="IsFixed">A deposit was counted in it: it cannot change any more.</param>
public sealed record AffiliateSettings(TenantId TenantId, Currency ReportingCurrency, bool IsFixed)
{
    /// <summary>Until a tenant sets another one.</summary>
    public static readonly Currency DefaultCurrency = Currency.Parse("USD");
}

/// <summary>The rows of <c>affiliate_settings</c>. Whoever changes anything about leads locks the tenant's.</summary>
internal sealed class AffiliateSettingsTable : Table<TenantId, AffiliateSettings>
{
    public static readonly AffiliateSettingsTable Instance = new();

    private AffiliateSettingsTable()
        : base("affiliate_settings", settings => settings.TenantId)
    {
        Key("tenant_id", key => key.Value);
        Mutable("reporting_currency", settings => settings.ReportingCurrency.Code);
        Mutable("is_fixed", settings => settings.IsFixed);
    }

    public override AffiliateSettings Read(Row row) => new(row.Id<TenantId>("tenant_id"), Currency.Parse(row.Text("reporting_currency")), row.Flag("is_fixed"));
}
