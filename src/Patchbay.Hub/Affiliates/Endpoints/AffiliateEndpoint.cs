using Patchbay.Engine;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Integrations.Outbound;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Endpoints;

public readonly record struct AffiliateEndpointKey(TenantId Tenant, AffiliateEndpointId Id);

/// <summary>
/// An address of an affiliate's portal, to which what happens to its leads is sent in batches. An affiliate has at most one at a time.
/// </summary>
[LedgerTable("affiliate_endpoints")]
public sealed partial record AffiliateEndpoint : ISignedEndpoint
{
    public const int MaxBatchSize = 500;
    public const int MaxFlushSeconds = 3_600;

    [Key] public required AffiliateEndpointKey Key { get; init; }

    [Fixed] public required string AffiliateId { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    [Column("endpoint_url")] public required string Url { get; init; }

    /// <summary>Events in one batch, 1 to 500.</summary>
    public required int BatchSizeMax { get; init; }

    /// <summary>How long an event waits for others at most, 1 to 3600.</summary>
    public required int FlushSeconds { get; init; }

    /// <summary><see cref="EndpointSecrets"/>, sealed for this endpoint; empty once it is deleted.</summary>
    [Column("secrets")] public required byte[] SealedSecrets { get; init; }

    /// <summary>Until then what is sent is signed with the secret before, too.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>False: its events wait.</summary>
    public required bool IsActive { get; init; }

    /// <summary><c>gone</c> when the hub has disabled it because it answered 410; else null.</summary>
    public string? DisabledReason { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Kept, without secrets, so that history can still name it.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public AffiliateKey Affiliate => new(Key.Tenant, AffiliateId);

    public LaneId Lane => new(Key.Id.Value);

    TenantId ISignedEndpoint.TenantId => Key.Tenant;

    string ISignedEndpoint.Purpose => PurposeOf(Key.Id);

    /// <summary>What its secrets are sealed for.</summary>
    public static string PurposeOf(AffiliateEndpointId id) => "affiliate:" + id;
}
