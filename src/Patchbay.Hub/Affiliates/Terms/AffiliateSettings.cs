using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>What a tenant has set for all its affiliates. Whoever changes anything about leads locks it.</summary>
/// <param name="ReportingCurrency">In which deposits are added up.</param>
/// <param name="IsFixed">A deposit was counted in it: it cannot change any more.</param>
[LedgerTable("affiliate_settings")]
public sealed partial record AffiliateSettings([Key] TenantId TenantId, Currency ReportingCurrency, bool IsFixed)
{
    /// <summary>Until a tenant sets another one.</summary>
    public static readonly Currency DefaultCurrency = Currency.Parse("USD");
}
