using Npgsql;
using Patchbay.Engine.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Nodes;

/// <summary>Who lives, on either database.</summary>
public abstract class MembershipContract(HubDatabases databases, string kind)
{
    protected HubDatabases Databases { get; } = databases;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly ManualTime _time = new();

    private static NodeOptions Options { get; } =
        new() { Heartbeat = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromSeconds(3) };

    [Fact]
    public async Task A_node_is_confirmed_for_as_long_as_nobody_can_declare_it_dead()
    {
        await using var database = await Databases.CreateAsync(kind, _ct);
        var node = await JoinAsync(database.Database);
        Assert.True(node.IsConfirmed);

        _time.Advance(Options.Timeout);
        Assert.False(node.IsConfirmed);

        Assert.True(await node.HeartbeatAsync(_ct));
        Assert.True(node.IsConfirmed);
    }

    [Fact]
    public async Task A_node_that_cannot_join_keeps_the_id_that_others_know()
    {
        await using var database = await Databases.CreateAsync(kind, _ct);
        var node = await JoinAsync(database.Database);
        var known = node.Self;
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.JoinAsync(canceled.Token));

        Assert.Equal(known, node.Self);
    }

    [Fact]
    public async Task A_node_declared_dead_learns_it_at_its_next_heartbeat_and_joins_as_another()
    {
        await using var database = await Databases.CreateAsync(kind, _ct);
        var node = await JoinAsync(database.Database);
        var former = node.Self;
        await database.Database.ExecuteAsync("UPDATE nodes SET dead_at = seen_at WHERE id = @former", new { former }, _ct);

        Assert.False(await node.HeartbeatAsync(_ct));
        await node.JoinAsync(_ct);

        Assert.NotEqual(former, node.Self);
        Assert.True(await node.HeartbeatAsync(_ct));
        Assert.Contains(former, await node.DeadAsync(_ct));
    }

    [Fact]
    public async Task A_node_that_leaves_is_dead_at_once_and_can_be_forgotten_and_a_living_one_cannot()
    {
        await using var database = await Databases.CreateAsync(kind, _ct);
        var node = await JoinAsync(database.Database);
        await node.ForgetAsync(node.Self, _ct);
        Assert.True(await node.HeartbeatAsync(_ct));

        await node.LeaveAsync(_ct);
        Assert.Equal([node.Self], await node.DeadAsync(_ct));
        await node.ForgetAsync(node.Self, _ct);

        Assert.Empty(await node.DeadAsync(_ct));
    }

    protected async Task<Membership> JoinAsync(Database database, TimeProvider? time = null)
    {
        var membership = new Membership(database, ADelivery.Ids, Options, time ?? _time);
        await membership.JoinAsync(_ct);
        return membership;
    }
}

public sealed class SqliteMembershipTests(HubDatabases databases) : MembershipContract(databases, TestDatabases.Sqlite)
{
    [Fact]
    public async Task Who_joins_a_file_of_its_own_knows_that_all_before_it_are_dead()
    {
        await using var database = await Databases.CreateAsync(TestDatabases.Sqlite, TestContext.Current.CancellationToken);
        var before = await JoinAsync(database.Database);

        var now = await JoinAsync(database.Database);

        Assert.Equal([before.Self], await now.DeadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, now.LiveNodes);
    }
}

public sealed class PostgreSqlMembershipTests(HubDatabases databases) : MembershipContract(databases, TestDatabases.PostgreSql)
{
    [Fact]
    public async Task A_node_says_that_it_lives_while_all_its_connections_are_busy()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var database = await Databases.CreateAsync(TestDatabases.PostgreSql, cancellationToken);
        await using var small = Database.Open($"{database.Setting};Maximum Pool Size=2;Timeout=1");
        var node = await JoinAsync(small);
        await using var one = await small.ConnectAsync(cancellationToken);
        await using var other = await small.ConnectAsync(cancellationToken);
        await Assert.ThrowsAsync<NpgsqlException>(() => small.ConnectAsync(cancellationToken));

        Assert.True(await node.HeartbeatAsync(cancellationToken));
    }

    [Fact]
    public async Task A_silent_node_is_declared_dead_by_another_and_by_the_databases_clock_alone()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var database = await Databases.CreateAsync(TestDatabases.PostgreSql, cancellationToken);
        var silent = await JoinAsync(database.Database);
        var living = await JoinAsync(database.OpenAgain(), new ManualTime(ManualTime.Noon.AddYears(-3)));
        await living.HeartbeatAsync(cancellationToken);
        Assert.Equal(2, living.LiveNodes);

        await Eventually.BecomesAsync(
            async () => await living.HeartbeatAsync(cancellationToken) && living.LiveNodes == 1, TimeSpan.FromSeconds(60),
            cancellationToken);

        Assert.Equal([silent.Self], await living.DeadAsync(cancellationToken));
    }
}
