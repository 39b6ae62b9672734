using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Tests.Support;
using Patchbay.Platform.Vault;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Integrations;

public sealed class MasterKeyRotationTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_are_wrapped_again_while_the_hub_runs_and_the_old_master_key_is_not_needed_any_more()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        var folder = Directory.CreateTempSubdirectory("patchbay-keys-").FullName;
        var file = Path.Combine(folder, "master.key");
        string path, key;
        await using (var shop = await Shop.OpenAsync(database.Setting, _ct, FromFile))
        {
            path = $"/api/v1/integrations/{shop.Twilio}/test";
            key = shop.Client.DefaultRequestHeaders.Authorization!.Parameter!;
            var rewrap = shop.Hub.Services.GetRequiredService<RewrapKeys>();
            Assert.Equal(0, await rewrap.RunAsync(_ct));
            var before = await WrappedAsync(database.Database);

            Assert.Equal(2, shop.Hub.Services.GetRequiredService<MasterKeys>().AddVersion());
            Assert.Equal(before.Count, await rewrap.RunAsync(_ct));

            var after = await WrappedAsync(database.Database);
            Assert.All(after, row => Assert.Equal(2, row.Version));
            Assert.Empty(
                before.Select(row => Convert.ToHexString(row.Wrapped)).Intersect(after.Select(row => Convert.ToHexString(row.Wrapped))));
            Assert.Equal(0, await rewrap.RunAsync(_ct));
            Assert.True((await shop.Client.PostJsonAsync(path))["ok"].GetBoolean());
            await shop.PaidAsync("20.00");
            await shop.Hub.CreateTenantAsync("born later", _ct);
        }

        var lines = await File.ReadAllLinesAsync(file, _ct);
        Assert.Equal(["1", "2"], lines.Select(line => line.Split(':')[0]));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await File.WriteAllLinesAsync(file, lines[1..], _ct);
        await using (var hub = await HubHost.StartAsync(database.Setting, FromFile, _ct))
        {
            using var client = hub.Client(key);
            var reply = await client.PostJsonAsync(path);
            Assert.True((int)reply.Status == 200 && reply["ok"].GetBoolean(), reply.ToString());
        }

        Directory.Delete(folder, recursive: true);

        void FromFile(HubHostOptions options) => options.Hub = hub => (hub.MasterKey, hub.DataFolder) = (null, folder);
    }

    private async Task<IReadOnlyList<(int Version, byte[] Wrapped)>> WrappedAsync(Database database) => await database.QueryAsync(
        "SELECT * FROM tenant_keys", new { }, row => (row.Int("master_version"), row.Bytes("wrapped")), _ct);
}
