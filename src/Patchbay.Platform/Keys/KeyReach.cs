using System.Net;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;

namespace Patchbay.Platform.Keys;

/// <summary>How far a key reaches: what it may do, from where, until when. Nobody hands out more than they have. Pure.</summary>
internal static class KeyReach
{
    /// <summary>Null when the caller may come to hold this key's secret.</summary>
    public static Error? Exceeds(ApiKey caller, ApiKey key) =>
        key.Live && !caller.Live
            ? ApiKeyErrors.PermissionExceeded.With("A test key cannot make live keys.")
            : Lacks(caller, key.Permissions) ?? Outlasts(caller, key);

    /// <summary>Null when the caller may change or end a key.</summary>
    public static Error? Withholds(ApiKey caller, ApiKey key) =>
        key.Live && !caller.Live ? AccessErrors.WrongMode.With("A test key cannot change or end live keys.") : null;

    /// <summary>Null when the caller may make a key that is there into this one. To take away is always allowed.</summary>
    public static Error? Widens(ApiKey caller, ApiKey before, ApiKey after)
    {
        var added = after.Permissions.Where(word => !Permissions.Allow(before.Permissions, word)).ToList();
        var elsewhere = !Covers(before.AllowedNetworks, after.AllowedNetworks);
        return added.Count == 0 && !elsewhere
            ? null : Lacks(caller, elsewhere ? after.Permissions : added) ?? Outlasts(caller, after);
    }

    private static Error? Lacks(ApiKey caller, IReadOnlyList<string> permissions) =>
        permissions.Where(word => !Permissions.Allow(caller.Permissions, word)).ToList() is { Count: > 0 } missing
            ? ApiKeyErrors.PermissionExceeded.With($"This key cannot grant what it does not have itself: {string.Join(", ", missing)}.")
            : null;

    /// <summary>In time, or in networks.</summary>
    private static Error? Outlasts(ApiKey caller, ApiKey key)
    {
        if (!Covers(caller.AllowedNetworks, key.AllowedNetworks))
        {
            return ApiKeyErrors.PermissionExceeded.With(
                "This key cannot grant use from where it may not be used itself: give allowed_networks within "
                    + $"{string.Join(", ", caller.AllowedNetworks)}.");
        }

        return caller.EndsAt is { } end && !(key.EndsAt <= end)
            ? ApiKeyErrors.PermissionExceeded.With($"This key ends at {end:O}, and cannot make one that ends later: give an expires_at.")
            : null;
    }

    /// <summary>None are all.</summary>
    private static bool Covers(IReadOnlyList<IPNetwork> networks, IReadOnlyList<IPNetwork> others) => networks.Count == 0
        || others.Count > 0 && others.All(other => networks.Any(
            network => network.PrefixLength <= other.PrefixLength && network.Contains(other.BaseAddress)));
}
