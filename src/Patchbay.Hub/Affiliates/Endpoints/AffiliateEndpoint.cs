using Patchbay.Engine;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Integrations.Outbound;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Endpoints;

public readonly record struct AffiliateEndpointKey(TenantId Tenant, AffiliateEndpointId Id);

/// <summary>
/// An address of an affiliate's portal, to which what happens to its leads is sent in batches. An affiliate has at most one at a time.
/// </summary>
public sealed record AffiliateEndpoint : ISignedEndpoint
{
    public const int MaxBatchSize = 500;
    public const int MaxFlushSeconds = 3_600;

    public required AffiliateEndpointKey Key { get; init; }

    public required string AffiliateId { get; init; }

    public required string Url { get; init; }

    /// <summary>Events in one batch, 1 to 500.</summary>
    public required int BatchSizeMax { get; init; }

    /// <summary>How long an event waits for others at most, 1 to 3600.</summary>
    public required int FlushSeconds { get; init; }

    /// <summary><see cref="EndpointSecrets"/>, sealed for this endpoint; empty once it is deleted.</summary>
    public required byte[] SealedSecrets { get; init; }

    /// <summary>Until then what is sent is signed with the secret before, too.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>False: its events wait.</summary>
    public required bool IsActive { get; init; }

    /// <summary><c>gone</c> when the hub has disabled it because it answered 410; else null.</summary>
    public string? DisabledReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

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

/// <summary>The rows of <c>affiliate_endpoints</c>.</summary>
internal sealed class AffiliateEndpointTable : Table<AffiliateEndpointKey, AffiliateEndpoint>
{
    public static readonly AffiliateEndpointTable Instance = new();

    private AffiliateEndpointTable()
        : base("affiliate_endpoints", endpoint => endpoint.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("id", key => key.Id.Value);
        Fixed("affiliate_id", endpoint => endpoint.AffiliateId);
        Fixed("created_at", endpoint => endpoint.CreatedAt);
        Mutable("endpoint_url", endpoint => endpoint.Url);
        Mutable("batch_size_max", endpoint => endpoint.BatchSizeMax);
        Mutable("flush_seconds", endpoint => endpoint.FlushSeconds);
        Mutable("secrets", endpoint => endpoint.SealedSecrets);
        Mutable("previous_secret_until", endpoint => endpoint.PreviousSecretUntil);
        Mutable("is_active", endpoint => endpoint.IsActive);
        Mutable("disabled_reason", endpoint => endpoint.DisabledReason);
        Mutable("updated_at", endpoint => endpoint.UpdatedAt);
        Mutable("deleted_at", endpoint => endpoint.DeletedAt);
    }

    public override AffiliateEndpoint Read(Row row) => new()
    {
        Key = new AffiliateEndpointKey(row.Id<TenantId>("tenant_id"), row.Id<AffiliateEndpointId>("id")),
        AffiliateId = row.Text("affiliate_id"),
        Url = row.Text("endpoint_url"),
        BatchSizeMax = row.Int("batch_size_max"),
        FlushSeconds = row.Int("flush_seconds"),
        SealedSecrets = row.Bytes("secrets"),
        PreviousSecretUntil = row.FindTime("previous_secret_until"),
        IsActive = row.Flag("is_active"),
        DisabledReason = row.FindText("disabled_reason"),
        CreatedAt = row.Time("created_at"),
        UpdatedAt = row.Time("updated_at"),
        DeletedAt = row.FindTime("deleted_at"),
    };
}
