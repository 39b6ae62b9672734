using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Expenses;

public readonly record struct ExpenseKey(TenantId Tenant, ExpenseId Id);

/// <summary>Something that the business has spent, as the business system says it.</summary>
[LedgerTable("expenses")]
public sealed partial record Expense
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required ExpenseId Id { get; init; }

    [Fixed] public required IntegrationMode Mode { get; init; }

    /// <summary>The business system's own id.</summary>
    [Fixed] public required string ExternalId { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    public required string Supplier { get; init; }

    [Column("total", "currency")] public required Money Total { get; init; }

    public string? Category { get; init; }

    public string? Description { get; init; }

    public required DateTimeOffset IncurredAt { get; init; }

    public string? CompanyId { get; init; }

    [StoredAs<StoredJson<Dictionary<string, string>>>] public Dictionary<string, string>? Metadata { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public ExpenseKey Key => new(TenantId, Id);
}
