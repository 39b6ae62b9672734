using Patchbay.Server.Composition;
using Patchbay.Sandbox;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Upgrades;

/// <summary>A backup made while the hub works is a hub's database as it was at one moment.</summary>
public abstract class BackupTests(TestDatabases databases, string kind) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private TestDatabase _database = null!;
    private SandboxServer _sandbox = null!;

    protected TestDatabases Databases { get; } = databases;

    public async ValueTask InitializeAsync()
    {
        _database = await Databases.CreateAsync(kind, _ct);
        _sandbox = await SandboxServer.StartAsync(new HubHostOptions().SandboxOptions, _ct);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _sandbox.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Makes a backup, as operations.md says.</summary>
    protected abstract Task<string> BackUpAsync(TestDatabase database, CancellationToken cancellationToken);

    /// <summary>Returns the setting of a database made from it.</summary>
    protected abstract Task<string> RestoreAsync(string backup, CancellationToken cancellationToken);

    [Fact]
    public async Task What_was_accepted_before_it_began_is_in_it_and_a_hub_goes_on_from_there()
    {
        var lived = await LivedIn.CreateAsync(_database.Setting, _sandbox, _ct);
        var accepted = new List<string>();
        string[] before;
        string backup;
        await using (var hub = await StartAsync(_database.Setting))
        {
            using var client = hub.Client(lived.Key);
            using var enough = new CancellationTokenSource();
            var writing = Task.Run(() => WriteAsync(client, accepted, enough.Token), _ct);
            await Eventually.BecomesAsync(() => Count(accepted) >= 20, TimeSpan.FromSeconds(60), _ct);
            lock (accepted)
                before = [.. accepted];
            backup = await BackUpAsync(_database, _ct);
            var during = Count(accepted);
            await Eventually.BecomesAsync(() => Count(accepted) > during, TimeSpan.FromSeconds(60), _ct);
            await enough.CancelAsync();
            await writing;
        }

        await using var again = await StartAsync(await RestoreAsync(backup, _ct));
        using var caller = again.Client(lived.Key);
        foreach (var id in before)
            Assert.Equal(200, (int)(await caller.GetJsonAsync($"/api/v1/messages/{id}")).Status);
        Assert.Equal(404, (int)(await caller.GetJsonAsync($"/api/v1/messages/{accepted[^1]}")).Status);
        await lived.IsWholeInAsync(again, _sandbox, _ct);
        await Task.WhenAll(before.Select(async id => await Eventually.BecomesAsync(
            async () => (await caller.GetJsonAsync($"/api/v1/messages/{id}")).Text("status") is "sent" or "delivered",
            TimeSpan.FromSeconds(30), _ct)));
    }

    [Fact]
    public async Task A_payment_carried_out_after_the_backup_is_not_carried_out_again_from_it()
    {
        string payment, backup, key, stripe;
        await using (var shop = await Support.Shop.OpenAsync(_database.Setting, _ct, options => options.Sandbox = _sandbox))
        {
            (key, stripe) = (shop.Client.DefaultRequestHeaders.Authorization!.Parameter!, shop.Stripe);
            await shop.Client.PostJsonAsync($"/api/v1/integrations/{stripe}/incident", new { active = true });
            payment = (await shop.PayAsync("10.00")).Text("id")!;
            backup = await BackUpAsync(_database, _ct);
            await shop.Client.PostJsonAsync($"/api/v1/integrations/{stripe}/incident", new { active = false });
            await shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        }

        await using var hub = await StartAsync(await RestoreAsync(backup, _ct));
        using var client = hub.Client(key);
        Assert.Equal("pending", (await client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("status"));
        await client.PostJsonAsync($"/api/v1/integrations/{stripe}/incident", new { active = false });
        await Eventually.BecomesAsync(
            async () => (await client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("status") is not "pending",
            TimeSpan.FromSeconds(60), _ct);
        await client.PostJsonAsync($"/api/v1/payments/{payment}/verify");
        await Eventually.BecomesAsync(
            async () => (await client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("status") is "succeeded",
            TimeSpan.FromSeconds(60), _ct);

        Assert.Equal(1, _sandbox.Ledger.PaymentsFor(payment));
        Assert.Equal(1, _sandbox.Ledger.ChargesFor(payment));
    }

    private Task<HubHost> StartAsync(string setting) => HubHost.StartAsync(setting, options => options.Sandbox = _sandbox, _ct);

    private static async Task WriteAsync(HttpClient client, List<string> accepted, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var reply = await client.PostJsonAsync("/api/v1/messages", new { channel = "sms", to = "+14155550188", body = $"Number {i}" });
            Assert.True((int)reply.Status == 202, reply.ToString());
            lock (accepted)
                accepted.Add(reply.Text("id")!);
        }
    }

    private static int Count(List<string> accepted)
    {
        lock (accepted)
            return accepted.Count;
    }
}

public sealed class BackupTestsOnSqlite(HubDatabases databases) : BackupTests(databases, TestDatabases.Sqlite)
{
    private readonly string _folder = Directory.CreateTempSubdirectory("patchbay-backup-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override async Task<string> BackUpAsync(TestDatabase database, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, "backup.db");
        Assert.True(await SqliteBackup.RunAsync((SqliteDatabase)database.OpenAgain(), file, cancellationToken) > 0);
        return file;
    }

    protected override Task<string> RestoreAsync(string backup, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, "restored.db");
        File.Copy(backup, file);
        return Task.FromResult("sqlite:" + file);
    }
}

public sealed class BackupTestsOnPostgreSql(HubDatabases databases) : BackupTests(databases, TestDatabases.PostgreSql)
{
    protected override Task<string> BackUpAsync(TestDatabase database, CancellationToken cancellationToken) =>
        Databases.Server.DumpAsync(database.Setting, cancellationToken);

    protected override Task<string> RestoreAsync(string backup, CancellationToken cancellationToken) =>
        Databases.Server.RestoreAsync(backup, cancellationToken);
}

/// <summary>A base backup and the write-ahead log since, up to a moment.</summary>
public sealed class BackupTestsToAMoment() : BackupTests(
    new TestDatabases(HubAssemblies.Schema) { Server = new PostgresServer { Archives = true } }, TestDatabases.PostgreSql)
{
    private DateTime _moment;
    private string _database = "";
    private PostgresServer? _recovered;

    public override async ValueTask DisposeAsync()
    {
        if (_recovered is not null)
            await _recovered.DisposeAsync();
        await base.DisposeAsync();
        await Databases.DisposeAsync();
    }

    protected override async Task<string> BackUpAsync(TestDatabase database, CancellationToken cancellationToken)
    {
        _database = database.Setting;
        (var folder, _moment) = await Databases.Server.BaseBackupAsync(cancellationToken);
        return folder;
    }

    protected override async Task<string> RestoreAsync(string backup, CancellationToken cancellationToken)
    {
        _recovered = await Databases.Server.RecoverAsync(backup, _moment, cancellationToken);
        return _recovered.SameOn(_database);
    }
}
