using Patchbay.Hub.Hosting;
using Patchbay.TestKit;

[assembly: AssemblyFixture(typeof(Patchbay.Hub.Tests.Inbound.InboxDatabases))]

namespace Patchbay.Hub.Tests.Inbound;

/// <summary>Fresh databases with the hub's schema.</summary>
public sealed class InboxDatabases() : TestDatabases(HubServices.SchemaAssemblies);
