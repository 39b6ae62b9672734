using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>How often a link can be paid.</summary>
public enum LinkUsage
{
    Single,
    Multiple,
}

public enum LinkStatus
{
    Open,
    Paid,
    Expired,
    Canceled,
}

public readonly record struct LinkKey(TenantId Tenant, LinkId Id);

/// <summary>A page on which anybody who has its address can pay.</summary>
[LedgerTable("payment_links")]
public sealed partial record PaymentLink
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required LinkId Id { get; init; }

    [Fixed] public required IntegrationMode Mode { get; init; }

    /// <summary>SHA-256 of the token in the address.</summary>
    [Fixed] public required byte[] TokenHash { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    [Fixed] public required Currency Currency { get; init; }

    /// <summary>In minor units; the same as the most unless the payer chooses.</summary>
    [Fixed] public required long AmountMin { get; init; }

    [Fixed] public required long AmountMax { get; init; }

    [Fixed] public required string Reference { get; init; }

    [Fixed] public required LinkUsage Usage { get; init; }

    [Fixed, StoredAs<StoredJson<LinkDetails>>] public required LinkDetails? Details { get; init; }

    [Fixed] public string? InvoiceId { get; init; }

    [Fixed] public string? CustomerId { get; init; }

    public LinkStatus Status { get; init; }

    /// <summary>Of a link for one payment: the one that is under way, or has paid it; null while there is none.</summary>
    public PaymentId? PaymentId { get; init; }

    public int PaidCount { get; init; }

    [Fixed] public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it will expire, unless it is over before; null when it will not.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public LinkKey Key => new(TenantId, Id);

    public Money? Amount => AmountMin == AmountMax ? new Money(AmountMin, Currency) : null;

    public bool IsOpenAt(DateTimeOffset now) => Status == LinkStatus.Open && !(ExpiresAt <= now);
}

/// <summary>The parts of a link that only its page reads.</summary>
/// <param name="Methods">Providers among which the payer chooses; null: the rules choose.</param>
/// <param name="Locale">Of the page; null: the browser's.</param>
public sealed record LinkDetails(
    string? Description, IReadOnlyList<string>? Methods, Uri? SuccessUrl, string? Locale, string? Country, Customer? Customer,
    IReadOnlyDictionary<string, string> Metadata);
