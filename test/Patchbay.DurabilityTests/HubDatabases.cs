using Patchbay.TestKit;

[assembly: AssemblyFixture(typeof(Patchbay.DurabilityTests.EmptyDatabases))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]   // each run is to have the machine for itself

namespace Patchbay.DurabilityTests;

/// <summary>Databases without a schema: the hub brings its own when it starts.</summary>
public sealed class EmptyDatabases() : TestDatabases();
