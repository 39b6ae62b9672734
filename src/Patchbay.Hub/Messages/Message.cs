using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>What a message travels by.</summary>
public enum MessageChannel
{
    Sms,
    Whatsapp,
}

public readonly record struct MessageKey(TenantId Tenant, MessageId Id);

/// <summary>A message: what was asked for, and how far it has come.</summary>
public sealed record Message
{
    public required TenantId TenantId { get; init; }

    public required MessageId Id { get; init; }

    public required MessageChannel Channel { get; init; }

    /// <summary>E.164.</summary>
    public required string To { get; init; }

    public string? From { get; init; }

    /// <summary>Null for a template.</summary>
    public string? Body { get; init; }

    /// <summary>The request's further fields, as JSON; see <see cref="MessageDetails"/>.</summary>
    public required string Details { get; init; }

    /// <summary>Estimated before sending, from the text; the provider's own count once it tells. Null for templates.</summary>
    public int? Segments { get; init; }

    public required IntegrationId IntegrationId { get; init; }

    public MessageStatus Status { get; init; } = MessageStatus.Queued;

    public string? ProviderReference { get; init; }

    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Changes so far: see <see cref="LedgerNeeds.Held"/>.</summary>
    public int Version { get; init; }

    public MessageKey Key => new(TenantId, Id);
}

/// <summary>The parts of a message that only the provider and the caller read.</summary>
public sealed record MessageDetails(
    WhatsAppTemplate? Template, string? CustomerId, string? EventType, IReadOnlyDictionary<string, string> Metadata, DateTimeOffset? ScheduledAt, DateTimeOffset? ExpiresAt);
