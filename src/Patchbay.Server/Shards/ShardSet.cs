using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Patchbay.Integrations.Catalog;
using Patchbay.Platform.Loops;
using Patchbay.Platform.ShardNames;
using Patchbay.Platform.Vault;

namespace Patchbay.Server.Shards;

/// <summary>
/// All shards of this process. The main one is the application's own services; each further one has services of its own, put together in
/// the same way over another database. What knows no database is shared: clock, catalog, master keys, connections to providers.
/// </summary>
public sealed class ShardSet : IEveryShard, IAsyncDisposable
{
    private static readonly Type[] Shared =
    [
        typeof(TimeProvider), typeof(Func<double>), typeof(IServer), typeof(IMeterFactory), typeof(IConfiguration),
        typeof(IHostEnvironment), typeof(IHostApplicationLifetime), typeof(Draining), typeof(MasterKeys), typeof(ProviderCatalog),
        typeof(HttpClient),
    ];

    private readonly List<ServiceProvider> _owned = [];

    public ShardSet(IServiceProvider root, FurtherShards further, IMeterFactory meters)
    {
        Main = new Shard(ShardName.Main, root, [.. root.GetKeyedServices<IHostedService>(ShardServices.Part)]);
        All = [Main, .. further.Names.Order(StringComparer.Ordinal).Select(name => Open(name, further, root))];
        meters.Create("Patchbay.Hub")
            .CreateObservableGauge("patchbay.shard.up", Measure, description: "1 while this node can work on the shard");
    }

    public Shard Main { get; }

    /// <summary>The main one first.</summary>
    public IReadOnlyList<Shard> All { get; }

    public IReadOnlyList<T> Each<T>()
        where T : notnull => [.. All.Select(shard => shard.Get<T>())];

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _owned)
            await services.DisposeAsync();
    }

    private Shard Open(string name, FurtherShards further, IServiceProvider root)
    {
        var services = new ServiceCollection();
        further.Add(services, name);
        foreach (var type in Shared)
        {
            if (root.GetService(type) is { } instance)
                services.AddSingleton(type, instance);   // an instance that is handed in is not disposed of here
        }

        services.AddSingleton<ILoggerFactory>(new ShardLoggers(root.GetRequiredService<ILoggerFactory>(), name));
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        var built = services.BuildServiceProvider();
        _owned.Add(built);
        return new Shard(name, built, [.. built.GetServices<IHostedService>()]);
    }

    private IEnumerable<Measurement<int>> Measure() =>
        All.Select(shard => new Measurement<int>(shard.IsUp ? 1 : 0, new KeyValuePair<string, object?>("shard", shard.Name)));

    /// <summary>Says in each category which shard it is about.</summary>
    private sealed class ShardLoggers(ILoggerFactory loggers, string shard) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => loggers.CreateLogger($"{categoryName}@{shard}");

        public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

        public void Dispose()
        {
            // The factory behind it is the application's.
        }
    }
}
