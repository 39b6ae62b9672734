using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Platform.Tenants;

namespace Patchbay.Platform.Access;

/// <summary>What an endpoint asks of its caller.</summary>
public sealed record RequiredPermission(string Permission);

public static class RequiredPermissionExtensions
{
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoint, string permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequiredPermission(permission));
}

/// <summary>
/// Lets a request through when its key is good, may be used from where it came, may do what the endpoint does and has calls left.
/// Endpoints without <see cref="RequiredPermission"/> are open.
/// </summary>
public sealed class ApiAccess(ApiKeys keys, TenantConfigs configs, Membership membership, TimeProvider time)
{
    public static readonly Error Unauthenticated = AccessErrors.Unauthenticated.With(
        "Send a valid API key as 'Authorization: Bearer ba_...'.");

    /// <summary>Where the router sends what has a body of a kind that the address does not take. None that takes a kind is open.</summary>
    private const string OfAnotherKind = "415 HTTP Unsupported Media Type";

    private static readonly RequiredPermission AnyKey = new(Permissions.AnyKey);

    private readonly ConcurrentDictionary<ApiKeyRowKey, Limiter> _limiters = new();

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (RequiredBy(context.GetEndpoint()) is not { } required)
        {
            await next(context);
            return;
        }

        if (await AuthenticateAsync(context) is not { } key)
        {
            await Problems.WriteAsync(context, Unauthenticated, context.RequestAborted);
            return;
        }

        if (configs.IsMoving(key.TenantId))
        {
            await Problems.WriteAsync(context, TenantErrors.Moving, context.RequestAborted);
            return;
        }

        if (!key.AllowsFrom(context.Connection.RemoteIpAddress))
        {
            await Problems.WriteAsync(
                context, AccessErrors.NetworkNotAllowed.With(
                    "This key may only be used from the networks on its allow-list."), context.RequestAborted);
            return;
        }

        if (!TakeToken(context, key, out var wait))
        {
            await Problems.WriteAsync(
                context, ApiErrors.RateLimited.With(
                    "Wait as long as Retry-After says.") with { RetryAfter = wait }, context.RequestAborted);
            return;
        }

        if (!Permissions.Allow(key.Permissions, required.Permission))
        {
            await Problems.WriteAsync(context, Lacks(required.Permission), context.RequestAborted);
            return;
        }

        context.Features.Set(new Caller(key.TenantId, key, Activity.Current?.Id));
        await next(context);
    }

    private static RequiredPermission? RequiredBy(Endpoint? endpoint) =>
        endpoint?.DisplayName == OfAnotherKind ? AnyKey : endpoint?.Metadata.GetMetadata<RequiredPermission>();

    public static Error Lacks(string permission) => AccessErrors.PermissionMissing.With($"This key lacks the permission '{permission}'.");

    /// <summary>Whether a request that was let in a while ago, and is still being answered, would be let in now.</summary>
    public async ValueTask<bool> StillAllowsAsync(HttpContext context) =>
        await AuthenticateAsync(context) is { } key
        && !configs.IsMoving(key.TenantId)
        && key.AllowsFrom(context.Connection.RemoteIpAddress)
        && context.GetEndpoint()?.Metadata.GetMetadata<RequiredPermission>() is { } required
        && Permissions.Allow(key.Permissions, required.Permission);

    /// <summary>The key that a request carries; null when it carries none.</summary>
    public static string? SecretOf(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
    }

    private ValueTask<ApiKey?> AuthenticateAsync(HttpContext context) =>
        SecretOf(context) is { } secret ? keys.FindAsync(secret, context.RequestAborted) : ValueTask.FromResult<ApiKey?>(null);

    /// <summary>Live nodes share a key's rate; the headers tell what is left on this one.</summary>
    private bool TakeToken(HttpContext context, ApiKey key, out TimeSpan wait)
    {
        var nodes = membership.LiveNodes;
        var limiter = _limiters.AddOrUpdate(
            key.Key,
            _ => Limiter.For(key, nodes, time),
            (_, existing) => existing.Fits(key, nodes) ? existing : Limiter.For(key, nodes, time));
        bool taken;
        int left;
        TimeSpan full;
        lock (limiter.Bucket)
        {
            taken = limiter.Bucket.TryTake();
            left = limiter.Bucket.Available;
            wait = limiter.Bucket.UntilNext();
            full = limiter.Bucket.UntilFull();
        }

        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = limiter.Policy;
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture, $"\"default\";r={left};t={(int)Math.Ceiling(full.TotalSeconds)}");
        return taken;
    }

    private sealed record Limiter(TokenBucket Bucket, double Rate, int Burst, int Nodes, string Policy)
    {
        public static Limiter For(ApiKey key, int nodes, TimeProvider time)
        {
            var rate = key.RatePerSecond / nodes;
            var burst = Math.Max(1, key.Burst / nodes);
            var window = Math.Max(1, (int)Math.Ceiling(key.Burst / key.RatePerSecond));
            return new Limiter(
                new TokenBucket(rate, burst, time), key.RatePerSecond, key.Burst, nodes,
                string.Create(CultureInfo.InvariantCulture, $"\"default\";q={key.Burst};w={window}"));
        }

        public bool Fits(ApiKey key, int nodes) => Rate == key.RatePerSecond && Burst == key.Burst && Nodes == nodes;
    }
}
