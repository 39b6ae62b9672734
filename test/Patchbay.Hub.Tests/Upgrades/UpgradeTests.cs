using Patchbay.Engine;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Events;
using Patchbay.Sandbox;
using Patchbay.Server.Composition;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Upgrades;

/// <summary>A database of the release before, with something in every table, becomes one of this version.</summary>
[Trait("Takes", "long")]
public abstract class UpgradeTests(LivedInRelease release) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("patchbay-upgrade-").FullName;
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly string _kind = release.Kind;
    private readonly SandboxServer _sandbox = release.Sandbox;
    private readonly LivedIn _lived = release.Lived;
    private string _old = "";

    public async ValueTask InitializeAsync() => _old = await release.CopyAsync(_folder, _ct);

    public async ValueTask DisposeAsync()
    {
        await release.DropAsync(_old);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Everything_is_as_it_was_and_what_waited_goes_on()
    {
        await using var hub = await HubHost.StartAsync(_old, options => options.Sandbox = _sandbox, _ct);

        await _lived.IsWholeInAsync(hub, _sandbox, _ct);
        using var client = hub.Client(_lived.Key);
        foreach (var list in new[] { "payments", "messages", "routing-rules" })
        {
            Assert.All(
                (await client.GetJsonAsync("/api/v1/" + list))["data"].EnumerateArray(),
                row => Assert.Equal("sandbox", row.GetProperty("mode").GetString()));
        }

        await CheckPartitionsAsync();
    }

    [Fact]
    public async Task What_a_node_of_the_old_version_held_when_it_died_is_taken_over()
    {
        await using (var old = Database.Open(_old))
        {
            Assert.Equal(1, await old.ExecuteAsync(
                "UPDATE deliveries SET leased_by = @node, due_at = NULL WHERE id = @id",
                new { node = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), id = TypeId.Parse<DeliveryId>(_lived.WaitingDelivery) },
                _ct));
        }

        await using var hub = await HubHost.StartAsync(_old, options => options.Sandbox = _sandbox, _ct);
        using var client = hub.Client(_lived.Key);
        await client.PostJsonAsync($"/api/v1/integrations/{_lived.Twilio}/incident", new { active = false });

        await Eventually.BecomesAsync(
            async () => (await client.GetJsonAsync($"/api/v1/messages/{_lived.Waiting}")).Text("status") is "sent" or "delivered",
            TimeSpan.FromSeconds(60), _ct);
    }

    [Theory]
    [InlineData("open", "disputed", "12.50", "0.00")]
    [InlineData("lost", "charged_back", "0.00", "12.50")]
    public async Task A_dispute_of_before_means_the_same(string dispute, string status, string disputed, string chargedBack)
    {
        var id = _lived.Idempotent.Id;
        await using (var old = Database.Open(_old))
        {
            Assert.Equal(1, await old.ExecuteAsync(
                "UPDATE payments SET dispute = @dispute, status = @status WHERE id = @id",
                new { dispute, status, id = TypeId.Parse<PaymentId>(id) }, _ct));
        }

        await using var hub = await HubHost.StartAsync(_old, options => options.Sandbox = _sandbox, _ct);
        using var client = hub.Client(_lived.Key);
        var payment = await client.GetJsonAsync($"/api/v1/payments/{id}");
        var refund = await client.PostJsonAsync($"/api/v1/payments/{id}/refunds", new { amount = "1.00" }, "refund-9");

        Assert.Equal(
            (status, disputed, chargedBack), (payment.Text("status"), payment.Text("disputed"), payment.Text("charged_back")));
        Assert.Equal("payment_not_refundable", refund.Text("code"));
    }

    [Fact]
    public async Task Nodes_that_start_together_upgrade_once()
    {
        var migrations = Migration.Load(_kind, HubAssemblies.Schema);

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var database = Database.Open(_old);
            return await new Migrator(database, migrations, TimeProvider.System).MigrateAsync(_ct);
        })));

        var expected = migrations.Count - ReleasedSchema.Migrations(_kind).Count;
        Assert.Equal(expected, applied.Sum(names => names.Count));
        Assert.True(expected == 0 || applied.Count(names => names.Count > 0) == 1);
    }

    [Fact]
    public async Task The_version_before_refuses_the_upgraded_database()
    {
        await using var database = Database.Open(_old);
        await new Migrator(database, [.. Migration.Load(_kind, HubAssemblies.Schema),
            new Migration("9000_next", "CREATE TABLE next_things (id integer)")], TimeProvider.System)
            .MigrateAsync(_ct);

        var refusal = await Assert.ThrowsAsync<MigrationException>(
            () => HubHost.StartAsync(_old, options => options.Sandbox = _sandbox, _ct));

        Assert.Contains("newer than this program", refusal.Message, StringComparison.Ordinal);
    }

    private async Task CheckPartitionsAsync()
    {
        if (_kind != TestDatabases.PostgreSql)
            return;
        await using var database = (PostgreSqlDatabase)Database.Open(_old);
        foreach (var table in new[] { KeptDeliveries.Deliveries.Partitions!, KeptDeliveries.Attempts.Partitions!,
            EventTable.Kept.Partitions! })
        {
            var partitions = await new PartitionStore(database).ListAsync(table, _ct);
            var now = TimeProvider.System.GetUtcNow();
            var holding = partitions.Single(partition => partition.From <= now && now < partition.Until).Name;
            var counts = await Task.WhenAll(partitions.Select(async partition => (await database.QueryAsync(
                $"SELECT count(*) AS n FROM {partition.Name}", new { }, row => row.Int("n"), _ct))[0]));
            Assert.True(counts.Sum() > 0);
            Assert.Equal(counts.Sum(),
                counts[partitions.ToList().FindIndex(partition => partition.Name == holding)]);   // stayed in the table it was in
        }
    }
}

public sealed class UpgradeTestsOnSqlite(LivedInReleaseOnSqlite release)
    : UpgradeTests(release), IClassFixture<LivedInReleaseOnSqlite>;

public sealed class UpgradeTestsOnPostgreSql(LivedInReleaseOnPostgreSql release)
    : UpgradeTests(release), IClassFixture<LivedInReleaseOnPostgreSql>;
