using Patchbay.Storage;

namespace Patchbay.Engine;

/// <param name="Number">From 1, look-ups included, without gaps within a delivery.</param>
public readonly record struct AttemptKey(TenantId Tenant, DeliveryId Delivery, int Number);

/// <summary>One attempt of a delivery, kept to explain it. Holds no secret and no whole body.</summary>
[LedgerTable("attempts", OnlyInserted = true)]
public sealed partial record Attempt
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required DeliveryId DeliveryId { get; init; }

    /// <summary>From 1, without gaps.</summary>
    [Key] public required int Number { get; init; }

    public required AttemptKind Kind { get; init; }

    public required LaneId Lane { get; init; }

    /// <summary>By the shared clock; of a lost node's attempt, when it was found.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whole milliseconds by the monotonic clock; zero of a lost node's attempt.</summary>
    public required int DurationMs { get; init; }

    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Null when no answer came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The provider's code, or the hub's word for the failure; null when it went well.</summary>
    public string? Code { get; init; }

    /// <summary>For people; null when there is nothing to say.</summary>
    public string? Message { get; init; }

    /// <summary>SHA-256 of the last exchange's request body; null when nothing was sent.</summary>
    public byte[]? RequestHash { get; init; }

    /// <summary>SHA-256 of its response body; null when none came.</summary>
    public byte[]? ResponseHash { get; init; }

    /// <summary>Redacted, at most 2 KiB.</summary>
    public string? RequestExcerpt { get; init; }

    /// <summary>Redacted, at most 2 KiB; null when none came.</summary>
    public string? ResponseExcerpt { get; init; }

    public AttemptKey Key => new(TenantId, DeliveryId, Number);
}
