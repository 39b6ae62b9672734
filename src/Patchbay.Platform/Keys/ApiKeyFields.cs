using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;

namespace Patchbay.Platform.Keys;

/// <summary>Reads the fields of a key as callers send them, and says what is wrong with them.</summary>
internal static class ApiKeyFields
{
    public const int MaxName = 100;
    private const int MaxPermissions = 50;
    private const int MaxNetworks = 50;

    public static IReadOnlyList<string> Permissions(IReadOnlyList<string>? words, PermissionWords known, Faults faults)
    {
        faults.Require(words is { Count: > 0 and <= MaxPermissions }, "permissions", $"must name 1 to {MaxPermissions} permissions");
        for (var i = 0; i < words?.Count; i++)
        {
            if (!known.IsKnown(words[i]))
                faults.Add(
                    $"permissions[{i}]", $"must be '*', 'read:*', or 'read:' or 'write:' with one of {string.Join(", ", known.Resources)}");
        }

        return words?.Distinct(StringComparer.Ordinal).ToArray() ?? [];
    }

    public static IReadOnlyList<IPNetwork> Networks(IReadOnlyList<string>? texts, Faults faults)
    {
        faults.Require(texts is null or { Count: <= MaxNetworks }, "allowed_networks", $"must have at most {MaxNetworks} members");
        var networks = new List<IPNetwork>();
        for (var i = 0; i < texts?.Count; i++)
        {
            if (TryParse(texts[i], out var network))
                networks.Add(network);
            else
                faults.Add($"allowed_networks[{i}]", "must be a network such as 203.0.113.0/24 or 2001:db8::/32, or a single address");
        }

        return networks.Distinct().ToArray();
    }

    public static double Rate(double? rate, Faults faults)
    {
        faults.Require(rate is null or >= 0.1 and <= 10_000, "rate_per_second", "must be from 0.1 to 10000");
        return rate ?? ApiKey.DefaultRatePerSecond;
    }

    public static int Burst(int? burst, Faults faults)
    {
        faults.Require(burst is null or >= 1 and <= 100_000, "burst", "must be from 1 to 100000");
        return burst ?? ApiKey.DefaultBurst;
    }

    /// <summary>Null: never.</summary>
    public static DateTimeOffset? Expiry(string? span, DateTimeOffset? at, DateTimeOffset now, Faults faults)
    {
        faults.Require(span is null || at is null, "expires_at", "give expires_in or expires_at, not both");
        faults.Require(!(at <= now), "expires_at", "must be in the future");
        switch (span)
        {
            case null or "never":
                return at;
            case "30d":
                return now.AddDays(30);
            case "90d":
                return now.AddDays(90);
            case "1y":
                return now.AddYears(1);
            default:
                faults.Add("expires_in", "must be 30d, 90d, 1y or never");
                return null;
        }
    }

    /// <summary>
    /// Requests from IPv4-mapped addresses are compared as IPv4 (<see cref="ApiKey.AllowsFrom"/>), so mapped networks are kept as IPv4 too.
    /// </summary>
    private static bool TryParse(string? text, out IPNetwork network)
    {
        network = default;
        if (text is null)
            return false;
        if (!text.Contains('/', StringComparison.Ordinal))
        {
            // "10.1" and "010.0.0.1" are read as other addresses than their authors mean.
            if (!IPAddress.TryParse(text, out var address) || text.Contains('%', StringComparison.Ordinal)
                || address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text)
                return false;
            network = new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        }
        else if (!IPNetwork.TryParse(text, out network))
        {
            return false;
        }

        if (network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= 96)
            network = IPNetwork.Parse(
                string.Create(CultureInfo.InvariantCulture, $"{network.BaseAddress.MapToIPv4()}/{network.PrefixLength - 96}"));
        return true;
    }
}
