using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

public readonly record struct MessageKey(TenantId Tenant, MessageId Id);

/// <summary>A message: what was asked for, and how far it has come.</summary>
[LedgerTable("messages")]
public sealed partial record Message
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required MessageId Id { get; init; }

    [Fixed] public required IntegrationMode Mode { get; init; }

    [Fixed] public required MessageChannel Channel { get; init; }

    /// <summary>E.164, or an e-mail address.</summary>
    [Fixed, Column("recipient")] public required string To { get; init; }

    [Fixed, Column("sender")] public string? From { get; init; }

    /// <summary>The caller's own id of the recipient; null when none was given.</summary>
    [Fixed] public string? CustomerId { get; init; }

    /// <summary>Null for a template.</summary>
    [Fixed] public string? Body { get; init; }

    /// <summary>The request's further fields, as JSON; see <see cref="MessageDetails"/>.</summary>
    [Fixed] public required string Details { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Estimated before sending, from the text; the provider's own count once it tells. Null for templates.</summary>
    public int? Segments { get; init; }

    public required IntegrationId IntegrationId { get; init; }

    public MessageStatus Status { get; init; } = MessageStatus.Queued;

    public string? ProviderReference { get; init; }

    /// <summary>Null unless it failed, as the two below.</summary>
    public FailureReason? FailureReason { get; init; }

    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Changes so far: see <see cref="LedgerNeeds.Held"/>.</summary>
    [Version] public int Version { get; init; }

    public MessageKey Key => new(TenantId, Id);

    /// <summary>Why it failed; null unless it did.</summary>
    public FailureDetail? Failure => FailureCode is null ? null : new FailureDetail(FailureCode, FailureMessage, FailureReason);

    /// <param name="failure">Null: it has not failed (any more).</param>
    public Message Failing(FailureDetail? failure) => this with
    {
        FailureReason = failure?.ReasonOrOther, FailureCode = failure?.Code, FailureMessage = failure?.Message,
    };
}

/// <summary>The parts of a message that only the provider and the caller read.</summary>
public sealed record MessageDetails(
    WhatsAppTemplate? Template, string? CustomerId, string? EventType, IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset? ScheduledAt, DateTimeOffset? ExpiresAt, EmailContent? Email = null);
