using Patchbay.Hub.Hosting;
using Patchbay.TestKit;

[assembly: AssemblyFixture(typeof(Patchbay.Hub.Tests.HubDatabases))]

namespace Patchbay.Hub.Tests;

/// <summary>Databases with the whole schema: the engine's and the hub's.</summary>
public sealed class HubDatabases() : TestDatabases(HubServices.SchemaAssemblies);
