using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

public readonly record struct RefundKey(TenantId Tenant, RefundId Id);

/// <summary>A refund of a payment, in part or in full.</summary>
[LedgerTable("refunds")]
public sealed partial record Refund
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required RefundId Id { get; init; }

    [Fixed] public required PaymentId PaymentId { get; init; }

    /// <summary>That of the payment.</summary>
    [Fixed] public required IntegrationMode Mode { get; init; }

    [Fixed, Column("amount", "currency")] public required Money Amount { get; init; }

    [Fixed] public string? Reason { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    public RefundStatus Status { get; init; }

    public string? ProviderReference { get; init; }

    /// <summary>Null unless it failed, as the two below.</summary>
    public FailureReason? FailureReason { get; init; }

    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    /// <summary>When the provider is asked about it next; null when that is not needed.</summary>
    public DateTimeOffset? VerifyAt { get; init; }

    public int Verifications { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public RefundKey Key => new(TenantId, Id);
}
