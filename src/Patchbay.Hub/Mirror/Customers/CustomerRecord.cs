using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Customers;

public readonly record struct CustomerKey(TenantId Tenant, CustomerId Id);

/// <summary>Somebody whom payments, messages and checks belong to, as the business system knows them.</summary>
[LedgerTable("customers")]
public sealed partial record CustomerRecord
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required CustomerId Id { get; init; }

    [Fixed] public required IntegrationMode Mode { get; init; }

    /// <summary>The business system's own id.</summary>
    [Fixed] public required string ExternalId { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Country { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public string? CompanyId { get; init; }

    [StoredAs<StoredJson<Dictionary<string, string>>>] public Dictionary<string, string>? Metadata { get; init; }

    /// <summary>What was paid beyond invoices, in minor units by currency; null when nothing was.</summary>
    [StoredAs<StoredJson<Dictionary<string, long>>>] public Dictionary<string, long>? Credits { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public CustomerKey Key => new(TenantId, Id);

    /// <summary>With more, or less, paid beyond invoices.</summary>
    public CustomerRecord Credited(Money amount, DateTimeOffset now)
    {
        var credits = new Dictionary<string, long>(Credits ?? []);
        var sum = credits.GetValueOrDefault(amount.Currency.Code) + amount.MinorUnits;
        if (sum == 0)
            credits.Remove(amount.Currency.Code);
        else
            credits[amount.Currency.Code] = sum;
        return this with { Credits = credits.Count == 0 ? null : credits, UpdatedAt = now };
    }
}
