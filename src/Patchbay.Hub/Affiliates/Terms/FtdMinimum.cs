using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Terms;

public readonly record struct FtdMinimumKey(TenantId Tenant, string Country);

/// <summary>From which sum of deposits on a lead of a country counts as a first-time depositor.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, or <c>*</c> for all without one of their own.</param>
/// <param name="Amount">One in another currency than the tenant's present reporting currency is not used.</param>
[LedgerTable("affiliate_minimums")]
public sealed partial record FtdMinimum(
    [Key] TenantId TenantId, [Key] string Country, [Column("amount", "currency")] Money Amount, DateTimeOffset UpdatedAt)
{
    public const string Everywhere = "*";

    public FtdMinimumKey Key => new(TenantId, Country);
}
