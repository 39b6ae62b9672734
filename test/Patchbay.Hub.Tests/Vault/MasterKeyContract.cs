using System.Security.Cryptography;
using Patchbay.Platform.Vault;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Vault;

/// <summary>A database and its master key belong together, on every node; derived for each database.</summary>
public abstract class MasterKeyContract(HubDatabases databases, string kind) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly string _root = Directory.CreateTempSubdirectory("patchbay-keys-").FullName;
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await databases.CreateAsync(kind, _ct);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _database.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_used_database_is_not_served_without_its_master_key_and_no_other_one_is_made()
    {
        await using (var first = await StartAsync("first"))
            await first.CreateTenantAsync("acme", _ct);

        var refused = await Assert.ThrowsAsync<MasterKeyException>(() => StartAsync("second"));

        Assert.Contains("is missing", refused.Message, StringComparison.Ordinal);
        Assert.Contains("from its backup", refused.Message, StringComparison.Ordinal);
        Assert.Contains("was used with the fingerprint 1: ", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile("second")));
        File.Copy(KeyFile("first"), Directory.CreateDirectory(Path.Combine(_root, "second")).FullName + "/master.key");
        await using var second = await StartAsync("second");
    }

    [Fact]
    public async Task A_database_that_was_only_started_has_its_master_key_already()
    {
        await using (await StartAsync("first"))
        {
            // No tenant, so nothing is sealed yet.
        }

        var refused = await Assert.ThrowsAsync<MasterKeyException>(() => StartAsync("foreign", OtherKey()));

        Assert.Contains("fingerprint", refused.Message, StringComparison.Ordinal);
        Assert.Contains("backup", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_version_before_learns_its_key_from_the_first_one_that_opens_a_secret()
    {
        await using (var first = await StartAsync("first"))
            await first.CreateTenantAsync("acme", _ct);
        await _database.Database.ExecuteAsync("DELETE FROM master_keys", new { }, _ct);

        await Assert.ThrowsAsync<MasterKeyException>(() => StartAsync("foreign", OtherKey()));
        var afterForeign = await CountAsync();
        await using (await StartAsync("first"))
            Assert.Equal((0, 1), (afterForeign, await CountAsync()));
    }

    [Fact]
    public async Task A_node_that_cannot_open_what_is_stored_is_not_ready()
    {
        await using var hub = await StartAsync("first");
        using var client = hub.Client(null);
        await hub.CreateTenantAsync("acme", _ct);
        var before = (int)(await client.GetAsync(new Uri("/readyz", UriKind.Relative), _ct)).StatusCode;
        // Another node has rotated the master key, and this one has not been given it.
        await _database.Database.ExecuteAsync("UPDATE tenant_keys SET master_version = 2", new { }, _ct);

        using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative), _ct);
        var page = await client.GetStringAsync(new Uri("/", UriKind.Relative), _ct);

        Assert.Equal((200, 503), (before, (int)answer.StatusCode));
        Assert.Contains("master key", await answer.Content.ReadAsStringAsync(_ct), StringComparison.Ordinal);
        Assert.Contains("not ready:\nthe master key does not open what is stored", page, StringComparison.Ordinal);
    }

    private static string OtherKey() => "1:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private string KeyFile(string folder) => Path.Combine(_root, folder, "master.key");

    private async Task<int> CountAsync() =>
        (await _database.Database.QueryAsync("SELECT version FROM master_keys", new { }, row => row.Int("version"), _ct)).Count;

    /// <param name="key">As a setting; null: the file of the folder.</param>
    private Task<HubHost> StartAsync(string folder, string? key = null) => HubHost.StartAsync(
        _database.Setting,
        options => options.Hub = hub => (hub.MasterKey, hub.DataFolder) = (key, Path.Combine(_root, folder)), _ct);
}

public sealed class SqliteMasterKeyTests(HubDatabases databases) : MasterKeyContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlMasterKeyTests(HubDatabases databases) : MasterKeyContract(databases, TestDatabases.PostgreSql);
