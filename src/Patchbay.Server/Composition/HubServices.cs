using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Patchbay.Engine;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;
using Patchbay.Platform.ShardNames;
using Patchbay.Platform.Vault;
using Patchbay.Server.Document;
using Patchbay.Server.Http;
using Patchbay.Server.Shards;
using Patchbay.Storage;

namespace Patchbay.Server.Composition;

/// <summary>Puts the hub together: the core that every hub has, and the features that are found in its assemblies.</summary>
public static class HubServices
{
    /// <summary>What both the server and the command line verbs need.</summary>
    /// <exception cref="SettingsException">A setting is of a provider that there is not.</exception>
    public static IServiceCollection AddHubCore(this IServiceCollection services, HubOptions options)
    {
        options.Of<ProviderOptions>().CheckNames(ProviderCatalog.NamesIn(options.ConnectorAssemblies));
        services.AddSingleton(options).AddSingleton(options.Network).AddSingleton(options.Node);
        services.AddSingleton(options.Assemblies).AddSingleton(options.Actions);
        foreach (var settings in options.Settings)
            services.AddSingleton(settings.GetType(), settings);
        services.AddSingleton(new SharedTime(TimeProvider.System));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SharedTime>());
        services.AddSingleton<IdGenerator>();
        services.AddSingleton(_ => Database.Open(options.Database, options.Shard));
        services.AddSingleton(provider => new Migrator(
            provider.GetRequiredService<Database>(), Migration.Load(provider.GetRequiredService<Database>().Kind, options.SchemaAssemblies),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Ledger>().AddSingleton<Membership>().AddSingleton<DeliveryEngine>();
        services.AddSingleton(_ => new MasterKeys(options.MasterKey, options.MasterKeyFile));
        services.AddSingleton(provider => new MasterKeyProof(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<MasterKeys>(),
            makesKeys: options.Shard == ShardName.Main));
        services.AddSingleton(new ConnectorAssemblies([.. options.ConnectorAssemblies]));
        foreach (var feature in options.Assemblies.Features)
            feature.Add(services);
        return services;
    }

    public static IServiceCollection AddHub(this IServiceCollection services, HubOptions options)
    {
        services.Configure<HostOptions>(
            host => host.ShutdownTimeout = options.Node.DrainDelay + options.Node.StopTimeout + TimeSpan.FromSeconds(10));
        services.AddSingleton<Draining>();
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        var first = services.Count;
#pragma warning disable RS0030 // the one place where randomness enters
        services.AddSingleton<Func<double>>(_ => Random.Shared.NextDouble);
#pragma warning restore RS0030
        services.AddSingleton(provider => provider.GetRequiredService<DeliveryEngine>().Outage);
        services.AddHostedService<SchemaAtStart>();
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryEngine>());
        services.AddHubCore(options);
        services.AddHostedService<BackgroundLoops>();
        services.ConfigureHttpJsonOptions(json =>   // only the documentation reads these
        {
            HubJson.Configure(json.SerializerOptions, JsonNamingPolicy.SnakeCaseLower);
            HubJson.ForSchemas(json.SerializerOptions);
        });
        services.AddHubOpenApi();
        if (options.Shards.Count == 0)
            return services;
        // Each further shard is put together as the main one is, over its own database.
        return services.AddShards(
            first, new FurtherShards([.. options.Shards.Keys], (part, shard) => part.AddHub(options.ForShard(shard))));
    }

    /// <summary>Maps everything the hub answers.</summary>
    public static WebApplication MapHub(this WebApplication app)
    {
        app.UseMiddleware<RequestTrace>();
        var options = app.Services.GetRequiredService<HubOptions>();
        app.UseProxies(options.Network, new ProxySighting(options.DataFolder));
        app.UseMiddleware<UnexpectedErrors>();
        app.UseRouting();
        app.UseShards();
        app.Use(next => context => context.RequestServices.GetRequiredService<ApiAccess>().InvokeAsync(context, next));
        app.UseMiddleware<ParameterGuard>();
        var api = MapCalls(FeatureRoutes.ApiBase);
        var aliases = MapCalls(FeatureRoutes.AliasBase).WithMetadata(new CamelCase());
        foreach (var feature in app.Services.GetRequiredService<FeatureAssemblies>().Features)
            feature.Map(new FeatureRoutes(api, aliases, app, feature.Resources is [var first, ..] ? first : ""));
        app.MapHubOpenApi();
        app.MapErrorPage(() => ErrorCode.In(HubAssemblies.Speaking.Union(app.Services.GetRequiredService<FeatureAssemblies>().All)));
        app.MapHealth();
        app.MapFrontPage();
        return app;

        RouteGroupBuilder MapCalls(string address) =>
            app.MapGroup(address).AddEndpointFilter<DepartureFilter>().AddEndpointFilter<InputFilter>();
    }
}
