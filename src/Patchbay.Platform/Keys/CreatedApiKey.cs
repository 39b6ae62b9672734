using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Keys;

/// <summary>A key just made, with the secret that is shown this once and never kept.</summary>
public sealed record CreatedApiKey(ApiKey Key, string Secret)
{
    /// <summary>A key as it was asked for, or all that is wrong with the request. Who may ask for it is not looked at.</summary>
    internal static Result<CreatedApiKey, Error> From(
        CreateApiKeyRequest request, PermissionWords words, TenantId tenant, ApiKeyId id, bool liveByDefault, DateTimeOffset now)
    {
        var faults = new Faults();
        var name = faults.Text(request.Name, "name", ApiKeyFields.MaxName);
        var permissions = ApiKeyFields.Permissions(request.Permissions, words, faults);
        var networks = ApiKeyFields.Networks(request.AllowedNetworks, faults);
        var rate = ApiKeyFields.Rate(request.RatePerSecond, faults);
        var burst = ApiKeyFields.Burst(request.Burst, faults);
        var expiresAt = ApiKeyFields.Expiry(request.ExpiresIn, request.ExpiresAt, now, faults);
        if (faults.Any)
            return faults.ToError();
        var live = request.Mode is { } mode ? mode == ApiKeyMode.Live : liveByDefault;
        var plain = For(tenant, id, name, live, permissions, now);
        return plain with { Key = plain.Key
            with { AllowedNetworks = networks, RatePerSecond = rate, Burst = burst, ExpiresAt = expiresAt } };
    }

    /// <summary>A key without limits of network or time.</summary>
    internal static CreatedApiKey For(
        TenantId tenant, ApiKeyId id, string name, bool live, IReadOnlyList<string> permissions, DateTimeOffset now)
    {
        var secret = ApiKeySecret.New(live);
        var key = new ApiKey(
            tenant, id, ApiKeySecret.Hash(secret), ApiKeySecret.Hint(secret), live, now, name, permissions, [],
            ApiKey.DefaultRatePerSecond, ApiKey.DefaultBurst, null, null, null, null);
        return new CreatedApiKey(key, secret);
    }

    /// <summary>A key with all permissions for a tenant that is made together with it, and gives it its own id.</summary>
    public static CreatedApiKey First(ApiKeyId id, string name, bool live, DateTimeOffset now) =>
        For(default, id, name, live, [Permissions.All], now);
}
