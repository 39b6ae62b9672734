using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Patchbay.Engine;
using Patchbay.Hub.Access;
using Patchbay.Hub.Affiliates;
using Patchbay.Hub.Api;
using Patchbay.Hub.Audit;
using Patchbay.Hub.Catalog;
using Patchbay.Hub.Deliveries;
using Patchbay.Hub.Events;
using Patchbay.Hub.Inbound;
using Patchbay.Hub.Integrations;
using Patchbay.Hub.Messages;
using Patchbay.Hub.Network;
using Patchbay.Hub.Outbound;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Retention;
using Patchbay.Hub.Routing;
using Patchbay.Hub.Shards;
using Patchbay.Hub.Tenants;
using Patchbay.Hub.Vault;
using Patchbay.Hub.Webhooks;
using Patchbay.Storage;

namespace Patchbay.Hub.Hosting;

/// <summary>Puts the hub together.</summary>
public static class HubServices
{
    /// <summary>Assemblies whose migrations make up the schema.</summary>
    public static readonly Assembly[] SchemaAssemblies = [typeof(DeliveryEngine).Assembly, typeof(HubServices).Assembly];

    /// <summary>What both the server and the command line verbs need.</summary>
    public static IServiceCollection AddHubCore(this IServiceCollection services, HubOptions options)
    {
        services.AddSingleton(options).AddSingleton(options.Network).AddSingleton(options.Node).AddSingleton(options.Providers);
        services.AddSingleton(new SharedTime(TimeProvider.System));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SharedTime>());
        services.AddSingleton<IdGenerator>();
        services.AddSingleton(_ => Database.Open(options.Database, options.Shard));
        services.AddSingleton(provider => new Migrator(
            provider.GetRequiredService<Database>(), Migration.Load(provider.GetRequiredService<Database>().Kind, SchemaAssemblies), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(options.Retention).AddSingleton<PartitionUpkeep>();
        services.AddSingleton<Ledger>();
        services.AddSingleton(_ => new MasterKeys(options.MasterKey, options.MasterKeyFile));
        services.AddSingleton<TenantVault>().AddSingleton<RewrapKeys>();
        services.AddSingleton(_ => new ProviderCatalog(options.ConnectorAssemblies)).AddSingleton<CredentialSchema>();
        services.AddSingleton<EventLog>().AddSingleton<AuditVerifier>();
        services.AddSingleton<TenantConfigs>();
        services.AddSingleton<PlatformTenant>().AddSingleton<TenantCreation>().AddSingleton<ApiKeyCreation>();
        return services;
    }

    public static IServiceCollection AddHub(this IServiceCollection services, HubOptions options)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Node.DrainDelay + options.Node.StopTimeout + TimeSpan.FromSeconds(10));
        services.AddSingleton<Draining>();
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        var first = services.Count;
        services.AddHubCore(options);
#pragma warning disable RS0030 // the one place where randomness enters
        services.AddSingleton<Func<double>>(_ => Random.Shared.NextDouble);
#pragma warning restore RS0030
        services.AddSingleton<ResolveHost>(_ => Dns.GetHostAddressesAsync);
        services.AddSingleton<AddressGuard>();
        services.AddSingleton(provider => new PublicAddress(options.Network, provider.GetService<IServer>()));
        services.AddSingleton(provider => new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = provider.GetRequiredService<AddressGuard>().ConnectAsync,
        }) { Timeout = Timeout.InfiniteTimeSpan });

        services.AddSingleton<Membership>().AddSingleton<DeliveryEngine>().AddSingleton<Operations>();
        services.AddLoop<TenantConfigs>("configuration changes", TimeSpan.FromMilliseconds(300), configs => configs.CatchUpAsync);
        services.AddAccess().AddIntegrations().AddRouter().AddPayments().AddMessages().AddDeliveries().AddInbound().AddEvents().AddOutbound().AddWebhooks().AddAffiliates().AddRetention();

        services.AddSingleton(provider => provider.GetRequiredService<DeliveryEngine>().Outage);
        services.AddHostedService<SchemaAtStart>();
        services.AddHostedService<EventOrderAtStart>();
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryEngine>());
        services.AddHostedService<BackgroundLoops>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookRelay>());
        services.ConfigureHttpJsonOptions(json => HubJson.Configure(json.SerializerOptions, System.Text.Json.JsonNamingPolicy.SnakeCaseLower));
        services.AddHubOpenApi();
        return options.Shards.Count > 0 ? services.AddShards(first) : services;
    }

    /// <summary>Maps everything the hub answers.</summary>
    public static WebApplication MapHub(this WebApplication app)
    {
        app.UseMiddleware<UnexpectedErrors>();
        app.UseRouting();
        app.UseShards();
        app.Use(next => context => context.RequestServices.GetRequiredService<ApiAccess>().InvokeAsync(context, next));
        var api = app.MapGroup("/api/v1").AddEndpointFilter<InputFilter>();
        api.MapIntegrations();
        api.MapPayments();
        api.MapMessages();
        api.MapDeliveries();
        api.MapInbox();
        api.MapEvents();
        api.MapWebhookEndpoints();
        api.MapAffiliates();
        app.MapWebhooks();
        api.MapApiKeys();
        api.MapTenants();
        api.MapRouting();
        api.MapAudit();
        var source = app.MapGroup("/api").WithMetadata(new CamelCase()).AddEndpointFilter<InputFilter>();
        source.MapApiKeyAliases();
        source.MapWebhookAliases();
        app.MapHubOpenApi();
        app.MapErrorPage();
        app.MapHealth();
        return app;
    }
}
