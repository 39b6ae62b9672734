using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Patchbay.Storage;

namespace Patchbay.Platform.ShardNames;

/// <summary>
/// How the shard of a request without an API key is found. An open endpoint that carries nothing of the kind is answered by the main shard.
/// </summary>
/// <param name="Owner">Asked with the services of each shard in turn: the tenant that the address belongs to there, or null.</param>
public sealed record ShardAddress(Func<IServiceProvider, HttpContext, CancellationToken, ValueTask<TenantId?>> Owner);

/// <summary>The endpoint is nobody's in particular, or looks on all shards itself.</summary>
public sealed record AnyShard;

public static class ShardAddressExtensions
{
    /// <summary>The address of the endpoint belongs to a tenant.</summary>
    public static TBuilder FoundBy<TBuilder>(
        this TBuilder endpoint, Func<IServiceProvider, HttpContext, CancellationToken, ValueTask<TenantId?>> owner)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ShardAddress(owner));

    /// <inheritdoc cref="AnyShard"/>
    public static TBuilder OnAnyShard<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AnyShard());
}
