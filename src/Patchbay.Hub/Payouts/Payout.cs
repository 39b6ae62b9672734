using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Payouts;

/// <summary>How far a payout has come. Forward only: what comes later in this list is not taken back by what comes earlier.</summary>
public enum PayoutPhase
{
    /// <summary>A second person has to agree; nothing leaves before.</summary>
    PendingApproval,

    /// <summary>The provider has not answered.</summary>
    Pending,

    /// <summary>The receiver has to say where the money goes.</summary>
    RequiresAction,

    /// <summary>The provider has it.</summary>
    Processing,

    Canceled,

    Failed,

    Paid,

    /// <summary>It was paid, and the money came back.</summary>
    Returned,
}

public readonly record struct PayoutKey(TenantId Tenant, PayoutId Id);

/// <summary>A payout: what was asked for, and what is known of it.</summary>
[LedgerTable("payouts")]
public sealed partial record Payout
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required PayoutId Id { get; init; }

    [Fixed] public required IntegrationMode Mode { get; init; }

    [Fixed, Column("amount", "currency")] public required Money Amount { get; init; }

    /// <summary>The caller's own reference.</summary>
    [Fixed] public required string Reference { get; init; }

    [Fixed] public string? CustomerId { get; init; }

    [Fixed] public string? Country { get; init; }

    /// <summary>A <see cref="PayoutDestination"/> under the tenant's data key. Not read on a locked row.</summary>
    [InsertOnly] public byte[] SealedDestination { get; init; } = [];

    /// <summary>As it may be shown, as JSON.</summary>
    [Fixed] public required string Destination { get; init; }

    /// <summary>Texts, as JSON.</summary>
    [Fixed] public required string Metadata { get; init; }

    /// <summary>Who asked for it, as the audit names them.</summary>
    [Fixed] public required string ProposedBy { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    public required IntegrationId IntegrationId { get; init; }

    [Column("status")] public PayoutPhase Phase { get; init; }

    public string? ApprovedBy { get; init; }

    public string? ProviderReference { get; init; }

    /// <summary>What the receiver has to do, as JSON; null when nothing.</summary>
    public string? NextAction { get; init; }

    /// <summary>The delivery that completes it; null as long as it is not to be completed.</summary>
    public string? Completion { get; init; }

    /// <summary>Null when nothing failed, as the two below.</summary>
    public FailureReason? FailureReason { get; init; }

    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    /// <summary>When the provider is asked about it next; null when that is not needed.</summary>
    public DateTimeOffset? VerifyAt { get; init; }

    public int Verifications { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public PayoutKey Key => new(TenantId, Id);

    /// <summary>It was sent, or is about to be, and has not ended.</summary>
    public bool IsOpen => Phase is PayoutPhase.Pending or PayoutPhase.RequiresAction or PayoutPhase.Processing;

    /// <param name="failure">Null: it has not failed (any more).</param>
    public Payout Failing(FailureDetail? failure) => this with
    {
        FailureReason = failure?.ReasonOrOther, FailureCode = failure?.Code, FailureMessage = failure?.Message,
    };
}
