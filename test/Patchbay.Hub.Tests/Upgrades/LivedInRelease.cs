using Patchbay.Sandbox;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Upgrades;

/// <summary>
/// A database of the release before in which a hub has worked, made once: each test has a copy. The sandbox is all tests'.
/// </summary>
public abstract class LivedInRelease(HubDatabases databases, string kind) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("patchbay-release-").FullName;
    private string _original = "";

    public string Kind { get; } = kind;

    internal SandboxServer Sandbox { get; private set; } = null!;

    internal LivedIn Lived { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Sandbox = await SandboxServer.StartAsync(new HubHostOptions().SandboxOptions, cancellationToken);
        await using var present = await databases.CreateAsync(Kind, cancellationToken);
        Lived = await LivedIn.CreateAsync(present.Setting, Sandbox, cancellationToken);
        _original = await ReleasedSchema.CreateAsync(databases, Kind, _folder, cancellationToken);
        await using var old = Database.Open(_original);
        var counts = await DatabaseCopy.RunAsync(present.Database, old, cancellationToken);
        Assert.Equal(17, counts.Count);
        Assert.All(counts, table => Assert.True(table.Value > 0, $"{table.Key} is empty"));
    }

    /// <param name="folder">Where a SQLite file may lie.</param>
    public async Task<string> CopyAsync(string folder, CancellationToken cancellationToken)
    {
        if (Kind == TestDatabases.PostgreSql)
            return await databases.Server.CreateDatabaseAsync(_original, cancellationToken);
        var file = Path.Combine(folder, "released.db");
        File.Copy(_original["sqlite:".Length..], file);
        return "sqlite:" + file;
    }

    public async Task DropAsync(string setting)
    {
        if (Kind == TestDatabases.PostgreSql)
            await databases.Server.DropDatabaseAsync(setting, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Sandbox.DisposeAsync();
        await DropAsync(_original);
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class LivedInReleaseOnSqlite(HubDatabases databases) : LivedInRelease(databases, TestDatabases.Sqlite);

public sealed class LivedInReleaseOnPostgreSql(HubDatabases databases) : LivedInRelease(databases, TestDatabases.PostgreSql);
