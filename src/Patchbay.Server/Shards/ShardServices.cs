using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Patchbay.Platform.ShardNames;

namespace Patchbay.Server.Shards;

/// <summary>Puts several shards into one process. Without the setting nothing of it is there.</summary>
internal static class ShardServices
{
    public const string Part = "shard";

    /// <param name="first">Where the hub's own services begin: what they run in the background starts with its shard, not with the
    /// process.</param>
    public static IServiceCollection AddShards(this IServiceCollection services, int first, FurtherShards further)
    {
        for (var i = first; i < services.Count; i++)
        {
            if (services[i] is { IsKeyedService: false } part && part.ServiceType == typeof(IHostedService))
                services[i] = AsPart(part);
        }

        services.AddSingleton(further).AddSingleton<ShardSet>().AddSingleton<ShardFinder>();
        services.AddSingleton<IEveryShard>(provider => provider.GetRequiredService<ShardSet>());
        return services.AddHostedService<ShardHosting>();
    }

    public static void UseShards(this WebApplication app)
    {
        if (app.Services.GetService<ShardFinder>() is { } finder)
            app.Use(next => context => ShardRouting.InvokeAsync(finder, context, next));
    }

    private static ServiceDescriptor AsPart(ServiceDescriptor part) => part.ImplementationFactory is { } factory
        ? ServiceDescriptor.KeyedSingleton(typeof(IHostedService), Part, (provider, _) => factory(provider))
        : ServiceDescriptor.KeyedSingleton(
            typeof(IHostedService), Part, (provider, _) => ActivatorUtilities.CreateInstance(provider, part.ImplementationType!));
}
