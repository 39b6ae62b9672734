using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>The key of a delivery.</summary>
public readonly record struct DeliveryKey(TenantId Tenant, DeliveryId Id);

/// <summary>One call to the outside: durable, with everything needed to make it on any node.</summary>
[LedgerTable("deliveries")]
public sealed partial record Delivery
{
    /// <summary>
    /// Look-ups in vain before a message is sent again, and before a person is told of money; for that the provider is asked on.
    /// </summary>
    public const int PatientLookUps = 5;

    [Key] public required TenantId TenantId { get; init; }

    [Key] public required DeliveryId Id { get; init; }

    /// <summary>The word of what is asked for: it finds the <c>IDeliveryHandler</c>.</summary>
    [Fixed] public required string Capability { get; init; }

    /// <summary>The payment, message, ... it acts for.</summary>
    [Fixed] public required Guid SubjectId { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the feature needs to make the call, as it wrote it. Empty on a row that was only locked.</summary>
    [InsertOnly] public byte[] Payload { get; init; } = [];

    /// <summary>Why this destination was chosen, as JSON; null when there was no choice. Not read on a locked row.</summary>
    [InsertOnly] public string? Route { get; init; }

    /// <summary>W3C trace context of the request that caused it; null when it had none.</summary>
    [InsertOnly] public string? TraceParent { get; init; }

    /// <summary>The destination it waits for now; changes when it falls back.</summary>
    public required LaneId Lane { get; init; }

    [StoredAs<PriorityNumber>] public DeliveryPriority Priority { get; init; } = DeliveryPriority.Normal;

    public DeliveryStatus Status { get; init; } = DeliveryStatus.Pending;

    /// <summary>When it may be claimed; null while a node has it, and when it is finished or waits for a person.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The node that has it; the lease lasts as long as the node lives.</summary>
    public NodeId? LeasedBy { get; init; }

    /// <summary>Attempts recorded so far, look-ups included: the number of the last one.</summary>
    public int AttemptCount { get; init; }

    /// <summary>Calls made since it was accepted, or since a person retried it.</summary>
    public int Tries { get; init; }

    /// <summary>Of these, on the present lane.</summary>
    public int LaneTries { get; init; }

    /// <summary>Look-ups since the last call.</summary>
    public int LookUps { get; init; }

    /// <summary>True while an earlier call may have been carried out without our knowing.</summary>
    public bool InDoubt { get; init; }

    /// <summary>When it was first put in doubt, or first called: where a look-up begins to search.</summary>
    public DateTimeOffset? FirstCallAt { get; init; }

    /// <summary>Lanes to fall back to, in order.</summary>
    [StoredAs<LaneList>] public IReadOnlyList<LaneId> Fallbacks { get; init; } = [];

    /// <summary>See <see cref="ExhaustReason"/>; null unless exhausted.</summary>
    public string? Reason { get; init; }

    /// <summary>The provider's code of the last failure, or the hub's word for it; null after none, and once it is delivered.</summary>
    public string? LastCode { get; init; }

    /// <summary>Null with <see cref="LastCode"/>.</summary>
    public FailureReason? LastReason { get; init; }

    /// <summary>At most 500 characters; null with <see cref="LastCode"/>.</summary>
    public string? LastMessage { get; init; }

    /// <summary>Someone asked to cancel it while a node had it.</summary>
    public bool CancelRequested { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>After this nothing is tried any more.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Changes so far: see <see cref="LedgerNeeds.Held"/>.</summary>
    [Version] public int Version { get; init; }

    /// <summary>
    /// What the feature keeps with it in memory, so that it need not read it again; null once it has been in the database. Never stored.
    /// </summary>
    [NotStored] public object? Companion { get; init; }

    public DeliveryKey Key => new(TenantId, Id);

    /// <summary>Null after none, and once it is delivered.</summary>
    public FailureDetail? LastFailure => LastCode is null ? null : new FailureDetail(LastCode, LastMessage, LastReason);

    /// <summary>Nothing more happens to it unless a person retries it.</summary>
    public bool IsFinished => Status is DeliveryStatus.Delivered or DeliveryStatus.Exhausted or DeliveryStatus.Canceled;

    /// <summary>Waits for a person: nothing will happen by itself, or the provider is asked in vain for long.</summary>
    public bool IsUnresolved =>
        Status == DeliveryStatus.Failed && LeasedBy is null && (DueAt is null || LookUps >= PatientLookUps)
        || Status == DeliveryStatus.Exhausted && Reason == ExhaustReason.Unresolved;

    /// <summary><see cref="IsUnresolved"/> of rows.</summary>
    public static readonly string IsUnresolvedSql =
        $"(status = 'failed' AND leased_by IS NULL AND (due_at IS NULL OR look_ups >= {PatientLookUps}) "
        + "OR status = 'exhausted' AND reason = 'unresolved')";
}
