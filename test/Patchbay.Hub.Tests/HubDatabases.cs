using System.Collections.Concurrent;
using Patchbay.Hub.Tests.Support;
using Patchbay.Server.Composition;
using Patchbay.TestKit;

[assembly: AssemblyFixture(typeof(Patchbay.Hub.Tests.HubDatabases))]
[assembly: Xunit.v3.Parallelization(MaxThreads = 8)]   // they wait more than they work

namespace Patchbay.Hub.Tests;

/// <summary>Databases with the whole schema, the engine's and the hub's, and hubs on them that are lent from test to test.</summary>
public sealed class HubDatabases() : TestDatabases(HubAssemblies.Schema)
{
    private const int MostFree = 4;   // of a kind: a hub that nobody uses still looks for work

    private readonly ConcurrentDictionary<string, ConcurrentStack<LentHub>> _free = new();

    /// <summary>A hub that the test has to itself until it disposes of it, when it is there for the next one.</summary>
    public async Task<LentHub> LendAsync(string kind, CancellationToken cancellationToken)
    {
        if (!FreeOf(kind).TryPop(out var hub))
            hub = await LentHub.StartAsync(
                await CreateAsync(kind, cancellationToken), used => TakeBackAsync(used, FreeOf(kind)), cancellationToken);
        hub.Begin();
        return hub;
    }

    public override async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_free.Values.SelectMany(hubs => hubs).Select(hub => hub.EndAsync().AsTask()));
        await base.DisposeAsync();
    }

    private static async Task TakeBackAsync(LentHub hub, ConcurrentStack<LentHub> free)
    {
        if (free.Count < MostFree)
            free.Push(hub);
        else
            await hub.EndAsync();
    }

    private ConcurrentStack<LentHub> FreeOf(string kind) => _free.GetOrAdd(kind, _ => new ConcurrentStack<LentHub>());
}
