using Patchbay.TestKit;

[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: AssemblyFixture(typeof(Patchbay.Tests.Commands.NoSettings))]
