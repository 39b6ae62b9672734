using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Terms;

public readonly record struct FtdMinimumKey(TenantId Tenant, string Country);

/// <summary>From which sum of deposits on a lead of a country counts as a first-time depositor.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, or <c>*</c> for all without one of their own.</param>
/// <param name="Amount">One in another currency than the tenant's present reporting currency is not used.</param>
public sealed record FtdMinimum(TenantId TenantId, string Country, Money Amount, DateTimeOffset UpdatedAt)
{
    public const string Everywhere = "*";

    public FtdMinimumKey Key => new(TenantId, Country);
}

/// <summary>The rows of <c>affiliate_minimums</c>.</summary>
internal sealed class FtdMinimumTable : Table<FtdMinimumKey, FtdMinimum>
{
    public static readonly FtdMinimumTable Instance = new();

    private FtdMinimumTable()
        : base("affiliate_minimums", minimum => minimum.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("country", key => key.Country);
        Mutable("amount", minimum => minimum.Amount.MinorUnits);
        Mutable("currency", minimum => minimum.Amount.Currency.Code);
        Mutable("updated_at", minimum => minimum.UpdatedAt);
    }

    public override FtdMinimum Read(Row row) => new(
        row.Id<TenantId>("tenant_id"), row.Text("country"), new Money(row.Long("amount"), Currency.Parse(row.Text("currency"))), row.Time("updated_at"));
}
