using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <param name="ProviderReference">The provider's id of the dispute.</param>
public readonly record struct DisputeKey(TenantId Tenant, PaymentId Payment, string ProviderReference);

/// <summary>
/// A dispute about a payment, as the provider said last by its own clock. So a decision can be corrected, and it still does not matter in
/// which order, how often or how late reports come.
/// </summary>
[LedgerTable("disputes")]
public sealed partial record Dispute
{
    [Key] public required DisputeKey Key { get; init; }

    [Fixed] public required DisputeId Id { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    public required DisputeKind Kind { get; init; }

    public required DisputeStatus Status { get; init; }

    /// <summary>What is disputed, in the payment's currency.</summary>
    [Column("amount", "currency")] public required Money Amount { get; init; }

    /// <summary>The provider's word; null when it says none.</summary>
    public string? Reason { get; init; }

    /// <summary>Until when evidence can be handed in; null when the provider does not tell.</summary>
    public DateTimeOffset? EvidenceDueAt { get; init; }

    /// <summary>When it was so, by the provider's clock; null when it does not tell.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>
    /// Of two reports the later one stands; of two of one moment, or without a time, the graver. A date that it does not tell is that of
    /// the other.
    /// </summary>
    public static Dispute Later(Dispute known, Dispute reported) => Rank(reported).CompareTo(Rank(known)) > 0
        ? reported with
        {
            Id = known.Id, CreatedAt = known.CreatedAt, EvidenceDueAt = reported.EvidenceDueAt ?? known.EvidenceDueAt,
        }
        : known with { EvidenceDueAt = known.EvidenceDueAt ?? reported.EvidenceDueAt };

    private static (DateTimeOffset, DisputeStatus, DisputeKind, long) Rank(Dispute dispute) =>
        (dispute.ReportedAt ?? DateTimeOffset.MinValue, dispute.Status, dispute.Kind, dispute.Amount.MinorUnits);
}
