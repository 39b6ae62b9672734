using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Access;
using Patchbay.Platform.Events;
using Patchbay.Platform.ShardNames;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Sandbox;
using Patchbay.Server.Composition;
using Patchbay.Server.Shards;
using Patchbay.Storage;

namespace Patchbay.TestKit;

/// <summary>
/// The whole hub in this process, on a real port, put together as the executable does it, with its providers played by a sandbox. Hosts
/// on the same PostgreSQL database are nodes of one hub: they have the same master key.
/// </summary>
public sealed class HubHost : IAsyncDisposable
{
    private const string MasterKey = "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly bool _ownsSandbox;

    private HubHost(WebApplication app, SandboxServer sandbox, bool ownsSandbox, CapturedLog log, string folder) =>
        (_app, Sandbox, _ownsSandbox, Log, _folder) = (app, sandbox, ownsSandbox, log, folder);

    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens, with a closing slash.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The providers, as this hub sees them.</summary>
    public SandboxServer Sandbox { get; }

    public CapturedLog Log { get; }

    /// <param name="databaseSetting"><c>sqlite:PATH</c> or a connection string; see <see cref="TestDatabase.Setting"/>. Migrated when it is
    /// not.</param>
    public static async Task<HubHost> StartAsync(
        string databaseSetting, Action<HubHostOptions>? configure, CancellationToken cancellationToken)
    {
        var options = new HubHostOptions();
        configure?.Invoke(options);
        var sandbox = options.Sandbox ?? await SandboxServer.StartAsync(options.SandboxOptions, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("patchbay-hub-").FullName;
        var log = new CapturedLog();
        var app = Build(HubOptionsFor(databaseSetting, folder, sandbox, options), options, folder, log);
        var host = new HubHost(app, sandbox, options.Sandbox is null, log, folder);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            try
            {
                await host.DisposeAsync();
            }
            catch (ArgumentNullException)
            {
                // A host that has not begun cannot be stopped; what it failed with is thrown.
            }

            throw;
        }

        return host;
    }

    /// <summary>The services of one shard.</summary>
    /// <param name="shard">Null: the main one.</param>
    public IServiceProvider Of(string? shard) =>
        shard is null or ShardName.Main ? Services : Services.GetRequiredService<ShardSet>().All.Single(one => one.Name == shard).Services;

    /// <summary>
    /// Calls this hub with an API key; without one when null. A refusal that the documentation does not have fails the test.
    /// </summary>
    public HttpClient Client(string? key)
    {
        var handler = new DocumentedRefusals(
            Services.GetRequiredService<EndpointDataSource>(), new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var client = new HttpClient(handler) { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>
    /// A tenant with one key, for sandbox mode, that may do everything and is not held back by a rate limit.
    /// </summary>
    /// <param name="shard">Null: the main one.</param>
    public async Task<(TenantId Id, string Key)> CreateTenantAsync(string name, CancellationToken cancellationToken, string? shard = null)
    {
        var services = Of(shard);
        var ids = Services.GetRequiredService<IdGenerator>();
        var now = Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var tenant = ids.New<TenantId>();
        var secret = ApiKeySecret.New(live: false);
        var key = new ApiKey(
            tenant, ids.New<ApiKeyId>(), ApiKeySecret.Hash(secret), ApiKeySecret.Hint(secret), Live: false, now, "test",
            [Permissions.All], [], RatePerSecond: 100_000, Burst: 100_000, ExpiresAt: null, RevokedAt: null, ReplacedBy: null,
            LastUsedAt: null);
        var dataKey = await services.GetRequiredService<TenantVault>().NewKeyAsync(tenant, cancellationToken);
        var work = new InsertTenant(new Tenant(tenant, now, name, 1), dataKey, key);
        await services.GetRequiredService<Ledger>().CommitAsync(work, cancellationToken);
        return (tenant, secret);
    }

    /// <summary>Stops it in order; calls on their way may end. Every event that it wrote must be what its type declares.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        var faults = new List<string>();
        foreach (var shard in Services.GetService<ShardSet>()?.All.Select(shard => shard.Services) ?? [Services])
            faults.AddRange(await EventBooks.FaultsAsync(
                shard.GetRequiredService<Database>(), shard.GetRequiredService<EventTypes>(), CancellationToken.None));
        await _app.DisposeAsync();
        if (_ownsSandbox)
            await Sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        EventBooks.AssertNone(faults);
    }

    private static HubOptions HubOptionsFor(string databaseSetting, string folder, SandboxServer sandbox, HubHostOptions options)
    {
        var hub = new HubOptions(options.FeatureAssemblies) { Database = databaseSetting, DataFolder = folder, MasterKey = MasterKey };
        hub.Network.AllowPrivateNetworks = true;
        hub.Network.AllowHttpWebhooks = true;
        hub.Node.Poll = TimeSpan.FromMilliseconds(100);
        hub.Node.Heartbeat = TimeSpan.FromMilliseconds(300);
        hub.Node.Timeout = TimeSpan.FromSeconds(6);   // a busy machine keeps a node from saying that it lives
        hub.Node.StopTimeout = TimeSpan.FromSeconds(5);
        foreach (var vendor in sandbox.Vendors)
            hub.Of<ProviderOptions>()[vendor] = new ProviderOverride { BaseUrl = sandbox.UrlOf(vendor) };
        hub.ConnectorAssemblies.Add(typeof(Connectors.BuiltIn).Assembly);
        foreach (var assembly in options.ConnectorAssemblies)
            hub.ConnectorAssemblies.Add(assembly);
        options.Hub?.Invoke(hub);
        return hub;
    }

    private static WebApplication Build(HubOptions hub, HubHostOptions options, string folder, CapturedLog log)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder, EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();   // the environment of whoever runs the tests is not meant for this hub
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Warning).AddFilter("Patchbay", LogLevel.Information);
        builder.Services.AddHub(hub);
        if (options.Time is { } time)
            builder.Services.AddSingleton(time);
        if (options.Jitter is { } jitter)
            builder.Services.AddSingleton(jitter);
        options.Services?.Invoke(builder.Services);
        return builder.Build().MapHub();
    }

    private sealed class InsertTenant(Tenant tenant, TenantKey dataKey, ApiKey key) : LedgerWork<bool>
    {
        public override bool Decide(LedgerRows rows)
        {
            rows.Insert(TenantTable.Instance, tenant);
            rows.Insert(TenantKeyTable.Instance, dataKey);
            rows.Insert(ApiKeyTable.Instance, key);
            return true;
        }
    }
}
