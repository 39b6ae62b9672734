using System.Text.Json.Serialization;
using Patchbay.Platform.Access;

namespace Patchbay.Platform.Keys;

/// <summary>Whether a key works.</summary>
public enum ApiKeyStatus
{
    Active,

    /// <summary>Was replaced, and still works until <c>revoked_at</c>.</summary>
    Retiring,
    Expired,
    Revoked,
}

/// <summary>A key as the API shows it.</summary>
/// <param name="Hint">Prefix and last characters of the secret.</param>
/// <param name="AllowedNetworks">Empty: from anywhere.</param>
/// <param name="ExpiresAt">Null: never.</param>
/// <param name="RevokedAt">In the future while it is retiring; null when it was not revoked.</param>
/// <param name="ReplacedBy">The key it was rotated to.</param>
/// <param name="LastUsedAt">Written every half minute; null before the first use.</param>
/// <param name="Secret">Only in the answer to the request that made the key.</param>
public sealed record ApiKeyView(
    ApiKeyId Id, string Name, string Hint, ApiKeyMode Mode, ApiKeyStatus Status, IReadOnlyList<string> Permissions,
    IReadOnlyList<string> AllowedNetworks, double RatePerSecond, int Burst, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt, ApiKeyId? ReplacedBy, DateTimeOffset? LastUsedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret = null)
{
    public static ApiKeyView From(ApiKey key, DateTimeOffset now, string? secret = null) => new(
        key.Id, key.Name, key.Hint, key.Live ? ApiKeyMode.Live : ApiKeyMode.Test, StatusOf(key, now), key.Permissions,
        key.AllowedNetworks.Select(network => network.ToString()).ToArray(), key.RatePerSecond, key.Burst, key.CreatedAt, key.ExpiresAt,
        key.RevokedAt, key.ReplacedBy, key.LastUsedAt, secret);

    private static ApiKeyStatus StatusOf(ApiKey key, DateTimeOffset now) =>
        key.RevokedAt <= now ? ApiKeyStatus.Revoked
        : key.ExpiresAt <= now ? ApiKeyStatus.Expired
        : key.RevokedAt is not null ? ApiKeyStatus.Retiring
        : ApiKeyStatus.Active;
}
