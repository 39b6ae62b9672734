using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.ShardNames;

namespace Patchbay.Server.Shards;

/// <summary>Gives a request the services of its tenant's shard, so that everything behind works as if there were no other.</summary>
internal static class ShardRouting
{
    internal static readonly ErrorCode Unavailable = new(
        503, "shard_unavailable", "one of the databases is away for a moment: repeat after `Retry-After`, with the same Idempotency-Key",
        "A part of the hub does not answer");

    private static readonly Error Away = Unavailable.With(
        "Repeat the request after Retry-After; a changing one with the same Idempotency-Key.")
    with {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static async Task InvokeAsync(ShardFinder finder, HttpContext context, RequestDelegate next)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var needsKey = metadata?.GetMetadata<RequiredPermission>() is not null;
        var address = metadata?.GetMetadata<ShardAddress>();
        if (!needsKey && address is null)
        {
            await next(context);
            return;
        }

        var found = needsKey
            ? await finder.OfKeyAsync(ApiAccess.SecretOf(context), context.RequestAborted)
            : await finder.OfAddressAsync(address!, context);
        if (found.Shard is null && (found.Uncertain || needsKey))
        {
            await Problems.WriteAsync(context, found.Uncertain ? Away : ApiAccess.Unauthenticated, context.RequestAborted);
            return;
        }

        await OnShardAsync(found.Shard ?? finder.Main, context, next);   // an address that nobody knows is refused by the endpoint itself
    }

    private static async Task OnShardAsync(Shard shard, HttpContext context, RequestDelegate next)
    {
        ShardName.Current = shard.Name;
        context.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new KeyValuePair<string, object?>("shard", shard.Name));
        context.Features.Get<IHttpActivityFeature>()?.Activity.SetTag("patchbay.shard", shard.Name);
        if (shard.Name == ShardName.Main)
        {
            await next(context);
            return;
        }

        var application = context.RequestServices;
        await using var scope = shard.Services.CreateAsyncScope();
        context.RequestServices = new RequestServices(scope.ServiceProvider, application);
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestServices = application;
        }
    }

    /// <summary>The shard's services, and the application's for what belongs to the web server.</summary>
    private sealed class RequestServices(IServiceProvider shard, IServiceProvider application) : IServiceProvider
    {
        public object? GetService(Type serviceType) =>
            serviceType == typeof(IServiceProvider) ? this : shard.GetService(serviceType) ?? application.GetService(serviceType);
    }
}
