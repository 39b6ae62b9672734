using Patchbay.TestKit;

[assembly: AssemblyFixture(typeof(Patchbay.Storage.Tests.StorageDatabases))]

namespace Patchbay.Storage.Tests;

/// <summary>Databases with the tables of these tests.</summary>
public sealed class StorageDatabases() : TestDatabases(typeof(StorageDatabases).Assembly);
