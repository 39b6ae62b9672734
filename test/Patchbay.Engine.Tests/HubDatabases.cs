using Patchbay.Server.Composition;
using Patchbay.TestKit;

[assembly: AssemblyFixture(typeof(Patchbay.Engine.Tests.HubDatabases))]

namespace Patchbay.Engine.Tests;

/// <summary>Databases with the whole schema: the engine's and the hub's.</summary>
public sealed class HubDatabases() : TestDatabases(HubAssemblies.Schema);
