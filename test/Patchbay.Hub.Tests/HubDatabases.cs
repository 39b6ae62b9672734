using Patchbay.Server.Composition;
using Patchbay.TestKit;

[assembly: AssemblyFixture(typeof(Patchbay.Hub.Tests.HubDatabases))]
[assembly: CollectionBehavior(MaxParallelThreads = 4)]   // they wait more than they work

namespace Patchbay.Hub.Tests;

/// <summary>Databases with the whole schema: the engine's and the hub's.</summary>
public sealed class HubDatabases() : TestDatabases(HubAssemblies.Schema);
