using Patchbay.Server.Composition;
using Patchbay.TestKit;

[assembly: AssemblyFixture(typeof(Patchbay.DurabilityTests.HubDatabases))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]   // each run is to have the machine for itself

namespace Patchbay.DurabilityTests;

/// <summary>Databases with the hub's schema: how it comes about is not what is tried here.</summary>
public sealed class HubDatabases() : TestDatabases(HubAssemblies.Schema);
