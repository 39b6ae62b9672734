using System.ComponentModel.DataAnnotations;

namespace Patchbay.Platform.Keys;

/// <summary>Asks for a new key.</summary>
/// <param name="Name">For people; 1 to 100 characters, need not be unique.</param>
/// <param name="Permissions">1 to 50 words; see <see cref="Access.Permissions"/>. None that the caller does not have itself.</param>
/// <param name="ExpiresIn"><c>30d</c>, <c>90d</c>, <c>1y</c> or <c>never</c>, which is the default. Not later than the caller's own
/// end.</param>
/// <param name="ExpiresAt">Instead of <c>expires_in</c>: a time in the future.</param>
/// <param name="AllowedNetworks">Up to 50 CIDR networks or single addresses, IPv4 or IPv6. Empty, the default: from anywhere.
/// Within the caller's own.</param>
/// <param name="RatePerSecond">Calls a second in the long run, 0.1 to 10000; 50 by default.</param>
/// <param name="Burst">Calls at once after a pause, 1 to 100000; 100 by default.</param>
/// <param name="Mode">The caller's own by default; a test key cannot make live keys.</param>
/// <example>{"name":"Reporting","permissions":["read:payments"],"expires_in":"90d"}</example>
public sealed record CreateApiKeyRequest(
    [Required] string? Name = null, [Required] IReadOnlyList<string>? Permissions = null, string? ExpiresIn = null,
    DateTimeOffset? ExpiresAt = null, IReadOnlyList<string>? AllowedNetworks = null, double? RatePerSecond = null, int? Burst = null,
    ApiKeyMode? Mode = null);

/// <summary>Changes a key; what is left out stays. Lists are replaced whole. Nothing is added beyond the caller's own key.</summary>
/// <example>{"name":"Reports","rate_per_second":10}</example>
public sealed record ChangeApiKeyRequest(
    string? Name = null, IReadOnlyList<string>? Permissions = null, IReadOnlyList<string>? AllowedNetworks = null,
    double? RatePerSecond = null, int? Burst = null);

/// <summary>Replaces a key by a new one, for as long as the old one was for, but not beyond the end of the caller's own.</summary>
/// <param name="Overlap">Seconds for which the old key still works, 0 to 604800; 86400 by default.</param>
/// <example>{"overlap":3600}</example>
public sealed record RotateApiKeyRequest(int? Overlap = null);

/// <summary>What a key's prefix says.</summary>
public enum ApiKeyMode
{
    Live,
    Test,
}
