using Patchbay.Server.Composition;
using Patchbay.TestKit;

[assembly: AssemblyFixture(typeof(Patchbay.Hub.Tests.Shards.EastDatabases))]

namespace Patchbay.Hub.Tests.Shards;

/// <summary>The second place where tenants live: with PostgreSQL a cluster of its own.</summary>
public sealed class EastDatabases() : TestDatabases(HubAssemblies.Schema);
