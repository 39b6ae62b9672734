using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Customers;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>How far the business system has come with an invoice.</summary>
public enum InvoiceStage
{
    Draft,
    Sent,
    Void,
}

/// <summary>How an invoice stands, by what the business system said, what was paid, and the clock.</summary>
public enum InvoiceStatus
{
    Draft,
    Sent,
    PartiallyPaid,
    Paid,
    Overdue,
    Void,
}

public readonly record struct InvoiceKey(TenantId Tenant, InvoiceId Id);

/// <summary>An invoice of the business system. What is paid of it follows from payments alone.</summary>
[LedgerTable("invoices")]
public sealed partial record Invoice
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required InvoiceId Id { get; init; }

    [Fixed] public required IntegrationMode Mode { get; init; }

    /// <summary>The business system's own id.</summary>
    [Fixed] public required string ExternalId { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>As people call it.</summary>
    public string? Number { get; init; }

    public CustomerId? CustomerId { get; init; }

    /// <summary>Above zero; its currency stays.</summary>
    [Column("total", "currency")] public required Money Total { get; init; }

    [StoredAs<StoredJson<IReadOnlyList<InvoiceLine>>>] public IReadOnlyList<InvoiceLine>? Lines { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public required InvoiceStage Stage { get; init; }

    public string? CompanyId { get; init; }

    [StoredAs<StoredJson<Dictionary<string, string>>>] public Dictionary<string, string>? Metadata { get; init; }

    /// <summary>In minor units: what payments brought, less what was given back.</summary>
    public long Paid { get; init; }

    public bool IsOverdue { get; init; }

    /// <summary>When it will be overdue, unless it is paid before; null when it cannot be, or is.</summary>
    public DateTimeOffset? OverdueAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [Column] public InvoiceStatus Status =>
        Stage == InvoiceStage.Void ? InvoiceStatus.Void
        : Paid >= Total.MinorUnits ? InvoiceStatus.Paid
        : IsOverdue ? InvoiceStatus.Overdue
        : Paid > 0 ? InvoiceStatus.PartiallyPaid
        : Stage == InvoiceStage.Draft ? InvoiceStatus.Draft
        : InvoiceStatus.Sent;

    /// <summary>What was paid and is not owed: the customer's credit.</summary>
    public long Excess => Stage == InvoiceStage.Void ? Paid : Math.Max(0, Paid - Total.MinorUnits);

    public InvoiceKey Key => new(TenantId, Id);

    public CustomerKey? Customer => CustomerId is { } customer ? new CustomerKey(TenantId, customer) : null;

    /// <summary>What is still owed, in minor units; zero when it is void.</summary>
    public long Due => Stage == InvoiceStage.Void ? 0 : Math.Max(0, Total.MinorUnits - Paid);

    public Money InMinorUnits(long minorUnits) => Total with { MinorUnits = minorUnits };

    /// <summary>As the clock sees it.</summary>
    public Invoice At(DateTimeOffset now)
    {
        var owed = Stage == InvoiceStage.Sent && Paid < Total.MinorUnits;
        return this with { IsOverdue = owed && DueAt <= now, OverdueAt = owed && DueAt > now ? DueAt : null };
    }
}

/// <summary>What an invoice is for, as the business system says it.</summary>
/// <param name="Amount">For all of the line.</param>
/// <param name="Code">Of an article or an account.</param>
public sealed record InvoiceLine(string Description, string? Quantity, string? UnitPrice, string? Amount, string? Code);
