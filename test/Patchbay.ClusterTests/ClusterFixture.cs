using Patchbay.ClusterTests.Books;
using Patchbay.ClusterTests.Running;

[assembly: AssemblyFixture(typeof(Patchbay.ClusterTests.ClusterFixture))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]   // each run is to have the machine for itself

namespace Patchbay.ClusterTests;

/// <summary>
/// What the runs share: the network, a PostgreSQL and, as long as it stays whole, a cluster. Some break a cluster or a PostgreSQL of their
/// own.
/// </summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public const int Nodes = 3;

    private const int FirstPort = 8080;

    private DatabaseServer? _server;
    private Cluster? _shared;
    private int _clusters;

    internal Network Network { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Network = await Network.CreateAsync(Nodes);

    /// <summary>A tenant of its own on the cluster that the runs share. When that is not whole any more there is another one.</summary>
    /// <param name="requestsPerSecond">The limit of its integrations.</param>
    internal async Task<Shop> OpenShopAsync(CancellationToken cancellationToken, int requestsPerSecond = 10_000)
    {
        if (_shared is not null && !await _shared.CanBeUsedAgainAsync(cancellationToken))
        {
            TestContext.Current.TestOutputHelper?.WriteLine("The run before left the cluster broken: this one has another.");
            await EndSharedAsync();
        }

        _shared ??= await Cluster.StartAsync(this, $"shared{_clusters + 1}", new ClusterOptions(), cancellationToken);
        return await _shared.OpenShopAsync(cancellationToken, requestsPerSecond);
    }

    /// <summary>Started when first needed.</summary>
    internal async Task<DatabaseServer> ServerAsync(CancellationToken cancellationToken) =>
        _server ??= await DatabaseServer.StartAsync(Network.Host(Leg.Data), cancellationToken);

    /// <summary>Of all nodes of one more cluster, each on its own address.</summary>
    internal int NextPort() => FirstPort + _clusters++;

    public async ValueTask DisposeAsync()
    {
        await EndSharedAsync();
        await Network.DisposeAsync();
        await ReliabilityPage.WriteAsync();
    }

    private async Task EndSharedAsync()
    {
        if (_shared is not null)
            await _shared.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        (_shared, _server) = (null, null);
    }
}
