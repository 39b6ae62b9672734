using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>Where a received webhook stands.</summary>
public enum InboxStatus
{
    /// <summary>Stored and answered; what it says is applied next.</summary>
    Received,

    /// <summary>Everything it says is applied.</summary>
    Processed,

    /// <summary>It says nothing the hub follows, or nothing that moves anything.</summary>
    Ignored,

    /// <summary>It is about something that is not known: tried again for an hour, then left to a person.</summary>
    Unmatched,

    /// <summary>The connector's map does not know a status or the body: left to a person until the map does.</summary>
    Unmapped,

    /// <summary>Reading or applying it broke: left to a person.</summary>
    Failed,
}

/// <summary>An integration's event, by the vendor's id or the hash of the request: what makes a repeat a repeat.</summary>
public readonly record struct InboxKey(TenantId Tenant, IntegrationId Integration, string DedupeKey);

/// <summary>A webhook as it came.</summary>
/// <param name="Url">The public address, with the query as on the wire.</param>
/// <param name="Headers">A JSON object; without the ones that carry credentials.</param>
/// <param name="Body">Byte for byte.</param>
public sealed record RawWebhook(string Method, string Url, string Headers, byte[] Body);

/// <summary>A genuine webhook that was received, and what became of it.</summary>
[LedgerTable("inbox", Class = "InboxTable")]
public sealed partial record InboxEntry
{
    [Key] public required InboxKey Key { get; init; }

    [Fixed] public required InboxId Id { get; init; }

    [Fixed] public required string Provider { get; init; }

    [Fixed] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>SHA-256 of the body, lower-case hex.</summary>
    [Fixed] public required string BodyHash { get; init; }

    [Fixed] public required int BodyLength { get; init; }

    /// <summary>Null when the row was read under lock.</summary>
    [InsertOnly] public RawWebhook? Raw { get; init; }

    public InboxStatus Status { get; init; } = InboxStatus.Received;

    /// <summary>How often it was processed since <see cref="TriedSince"/>.</summary>
    public int Tries { get; init; }

    /// <summary>When it was received, or replayed last.</summary>
    public required DateTimeOffset TriedSince { get; init; }

    /// <summary>When any node may process it; null when nothing more is to be done.</summary>
    public required DateTimeOffset? NextAt { get; init; }

    /// <summary>When it was last processed to an end; null before.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Why it has this status, for people; null when there is nothing to say.</summary>
    public string? Detail { get; init; }

    /// <summary>TypeIDs of what it was applied to, separated by spaces; null when it was applied to nothing.</summary>
    public string? Subject { get; init; }

    /// <summary>How often the provider sent it again.</summary>
    public int Duplicates { get; init; }

    /// <summary>The status for which a person was alerted; null when nobody was.</summary>
    public InboxStatus? AlertedFor { get; init; }
}
