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
/// <param name="LastUsedAt">Written by itself, apart from the other changes.</param>
[LedgerTable("api_keys")]
public sealed partial record ApiKey(
    [Key] TenantId TenantId, [Key] ApiKeyId Id, [Fixed] byte[] Hash, [Fixed] string Hint,
    [Fixed, Column("mode"), StoredAs<LiveOrTest>] bool Live, [Fixed] DateTimeOffset CreatedAt, string Name,
    IReadOnlyList<string> Permissions, IReadOnlyList<IPNetwork> AllowedNetworks, double RatePerSecond, int Burst,
    DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, ApiKeyId? ReplacedBy, [Fixed] DateTimeOffset? LastUsedAt)
{
    public const double DefaultRatePerSecond = 50;
    public const int DefaultBurst = 100;

    public ApiKeyRowKey Key => new(TenantId, Id);

    /// <summary>When it stops working as things are; null: never.</summary>
    public DateTimeOffset? EndsAt => ExpiresAt < RevokedAt || RevokedAt is null ? ExpiresAt : RevokedAt;

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
