using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>What an attempt did.</summary>
public enum AttemptKind
{
    /// <summary>Asked the provider to do it.</summary>
    Call,

    /// <summary>Asked the provider whether it had been done.</summary>
    LookUp,
}

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    Ok,
    Rejected,
    Transient,
    Unknown,
}

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

    public required DateTimeOffset StartedAt { get; init; }

    public required int DurationMs { get; init; }

    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Null when no answer came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The provider's code, or the hub's word for the failure; null when it went well.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>SHA-256 of the last exchange's request body; null when nothing was sent.</summary>
    public byte[]? RequestHash { get; init; }

    public byte[]? ResponseHash { get; init; }

    /// <summary>Redacted, at most 2 KiB.</summary>
    public string? RequestExcerpt { get; init; }

    public string? ResponseExcerpt { get; init; }

    public AttemptKey Key => new(TenantId, DeliveryId, Number);
}
