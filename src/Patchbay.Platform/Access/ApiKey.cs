using System.Net;
using Patchbay.Storage;

namespace Patchbay.Platform.Access;

public readonly record struct ApiKeyRowKey(TenantId Tenant, ApiKeyId Id);

/// <summary>A key that a program calls the API with. Only the hash of its secret is kept.</summary>
/// <param name="Hint">Prefix and last characters, to tell keys apart.</param>
/// <param name="Permissions">See <see cref="Access.Permissions"/>.</param>
/// <param name="AllowedNetworks">Empty: from anywhere.</param>
/// <param name="ExpiresAt">Null: never.</param>
/// <param name="RevokedAt">Null while it works; in the future during the overlap of a rotation.</param>
public sealed record ApiKey(
    TenantId TenantId, ApiKeyId Id, string Name, byte[] Hash, string Hint, bool Live, IReadOnlyList<string> Permissions,
    IReadOnlyList<IPNetwork> AllowedNetworks, double RatePerSecond, int Burst, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt, ApiKeyId? ReplacedBy, DateTimeOffset? LastUsedAt)
{
    public const double DefaultRatePerSecond = 50;
    public const int DefaultBurst = 100;

    public ApiKeyRowKey Key => new(TenantId, Id);

    public bool WorksAt(DateTimeOffset now) => !(ExpiresAt <= now) && !(RevokedAt <= now);

    public bool AllowsFrom(IPAddress? address)
    {
        if (AllowedNetworks.Count == 0)
            return true;
        if (address is null)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return AllowedNetworks.Any(network => network.Contains(plain));
    }
}

/// <summary>The rows of <c>api_keys</c>.</summary>
public sealed class ApiKeyTable : Table<ApiKeyRowKey, ApiKey>
{
    public static readonly ApiKeyTable Instance = new();

    private ApiKeyTable()
        : base("api_keys", key => key.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("id", key => key.Id.Value);
        Fixed("hash", key => key.Hash);
        Fixed("hint", key => key.Hint);
        Fixed("mode", key => key.Live ? "live" : "test");
        Fixed("created_at", key => key.CreatedAt);
        Mutable("name", key => key.Name);
        Mutable("permissions", key => string.Join(' ', key.Permissions));
        Mutable("allowed_networks", key => string.Join(' ', key.AllowedNetworks));
        Mutable("rate_per_second", key => key.RatePerSecond);
        Mutable("burst", key => key.Burst);
        Mutable("expires_at", key => key.ExpiresAt);
        Mutable("revoked_at", key => key.RevokedAt);
        Mutable("replaced_by", key => key.ReplacedBy?.Value);
        Fixed("last_used_at", key => key.LastUsedAt);   // written by LastUsed, apart from the other changes
    }

    public override ApiKey Read(Row row) => new(
        row.Id<TenantId>("tenant_id"), row.Id<ApiKeyId>("id"), row.Text("name"), row.Bytes("hash"), row.Text("hint"), row.Text("mode") == "live",
        row.Text("permissions").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        row.Text("allowed_networks").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(network => IPNetwork.Parse(network)).ToArray(),
        row.Double("rate_per_second"), row.Int("burst"), row.Time("created_at"), row.FindTime("expires_at"), row.FindTime("revoked_at"),
        row.FindId<ApiKeyId>("replaced_by"), row.FindTime("last_used_at"));
}
