using Patchbay.ClusterTests.Books;
using Patchbay.ClusterTests.Running;

[assembly: AssemblyFixture(typeof(Patchbay.ClusterTests.ClusterFixture))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]   // each run is to have the machine for itself

namespace Patchbay.ClusterTests;

/// <summary>What the runs share: the network and a PostgreSQL. Some break a PostgreSQL of their own.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public const int Nodes = 3;

    private DatabaseServer? _server;

    internal Network Network { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Network = await Network.CreateAsync(Nodes);

    /// <summary>Started when first needed.</summary>
    internal async Task<DatabaseServer> ServerAsync(CancellationToken cancellationToken) =>
        _server ??= await DatabaseServer.StartAsync(Network.Host(Leg.Data), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        await Network.DisposeAsync();
        await ReliabilityPage.WriteAsync();
    }
}
