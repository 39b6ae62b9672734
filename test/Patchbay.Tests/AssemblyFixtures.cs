using Patchbay.TestKit;

[assembly: AssemblyFixture(typeof(PostgresServer))]
