using Patchbay.Connectors.Contracts;
using Patchbay.Engine.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Execution;

/// <summary>Who has a delivery, and that nobody's is nobody's for long, on either database.</summary>
public abstract class LeasesContract(HubDatabases databases, string kind)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly ManualTime _time = new();
    private readonly FakeHandler _handler = new();
    private readonly FakeDestinations _destinations = new() { Default = new LaneSettings(1_000_000, 1) };
    private readonly LaneId _lane = ADelivery.NewLane();
    private readonly TaskCompletionSource<ProviderFailure?> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task The_end_waits_for_calls_on_their_way_also_where_the_nodes_clock_stands_still()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        _handler.OnCall = async (_, _, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return null;
        };
        await using var node = await TestNode.StartAsync(database.Database, new ManualTime(), _handler, _destinations);
        var delivery = await node.AcceptAsync(ADelivery.On(_lane));
        await Eventually.BecomesAsync(() => _handler.TotalCalls == 1, TimeSpan.FromSeconds(30), _ct);

        await node.Engine.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, _ct);

        Assert.Null((await node.ReadAsync(delivery)).LeasedBy);   // it was handed back
    }

    [Fact]
    public async Task A_result_is_written_only_while_the_lease_lasts()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        var successor = ADelivery.Ids.New<NodeId>();
        await node.Database.ExecuteAsync(   // one that lives: else what it has would be taken over
            "INSERT INTO nodes (id, name, started_at, seen_at) VALUES (@successor, 'successor', @alive, @alive)",
            new { successor, alive = TimeProvider.System.GetUtcNow().AddDays(1) }, _ct);
        _handler.OnCall = async (called, _, _) =>
        {
            await node.Database.ExecuteAsync(
                "UPDATE deliveries SET leased_by = @successor, version = version + 1 WHERE id = @Id", new { successor, called.Id }, _ct);
            return null;
        };

        var delivery = await node.AcceptAsync(ADelivery.On(_lane));
        await Eventually.BecomesAsync(() => _handler.TotalCalls == 1 && node.Engine.CallsRunning == 0, TimeSpan.FromSeconds(60), _ct);

        var after = await node.ReadAsync(delivery);
        Assert.Equal((DeliveryStatus.Pending, 0, successor), (after.Status, after.AttemptCount, after.LeasedBy));
        Assert.Empty(await node.AttemptsAsync(delivery));
    }

    [Fact]
    public async Task A_stopping_node_hands_back_what_waits_and_spends_no_try()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        _handler.OnCall = async (_, _, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return null;
        };
        var node = await TestNode.StartAsync(database.Database, _time, _handler, _destinations);
        var running = await node.AcceptAsync(ADelivery.On(_lane));
        var waiting = new[] { await node.AcceptAsync(ADelivery.On(_lane)), await node.AcceptAsync(ADelivery.On(_lane)) };
        await Eventually.BecomesAsync(() => _handler.TotalCalls == 1, TimeSpan.FromSeconds(60), _ct);

        await node.DisposeAsync();

        foreach (var delivery in waiting)
            Assert.Equal((null, 0, 0, true), await StateAsync(node, delivery));
        Assert.Equal((null, 1, 0, true), await StateAsync(node, running));   // an attempt is on record, but no try is spent
        await using var next = await TestNode.StartAsync(database.Database, _time, destinations: _destinations);
        await next.UntilAsync(async () => await next.CountAsync(DeliveryStatus.Delivered) == 3);
    }

    [Fact]
    public async Task What_was_committed_but_never_begun_is_found()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(
            database.Database, _time, _handler, configure: options => options.Timeout = TimeSpan.FromSeconds(4));

        var forgotten = await node.InsertAsync(await node.Engine.PlaceAsync(ADelivery.On(_lane), _ct));

        Assert.Equal(node.Membership.Self, forgotten.LeasedBy);
        await node.BecomesAsync(forgotten, DeliveryStatus.Delivered);
        Assert.Equal(1, _handler.CallsOf(forgotten));
    }

    [Fact]
    public async Task What_waits_long_in_memory_is_not_taken_for_forgotten()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(
            database.Database, _time, _handler, _destinations, options => options.Timeout = TimeSpan.FromSeconds(4));
        _handler.OnCall = (_, _, _) => _gate.Task;
        var running = await node.AcceptAsync(ADelivery.On(_lane));
        var waiting = await node.AcceptAsync(ADelivery.On(_lane));

        await node.UntilAsync(() => Task.FromResult(_time.GetUtcNow() > ManualTime.Noon.AddSeconds(15)));
        _gate.SetResult(null);
        await node.UntilAsync(async () => await node.CountAsync(DeliveryStatus.Delivered) == 2);

        Assert.Single(await node.AttemptsAsync(running));
        Assert.Single(await node.AttemptsAsync(waiting));
    }

    [Fact]
    public async Task What_a_forgotten_node_still_leases_is_taken_over()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);

        var orphan = await node.InsertAsync(ADelivery.On(_lane) with { LeasedBy = ADelivery.Ids.New<NodeId>() });
        await node.BecomesAsync(orphan, DeliveryStatus.Delivered);

        Assert.Equal(["node_lost", null], (await node.AttemptsAsync(orphan)).Select(attempt => attempt.Code));
    }

    [Fact]
    public async Task An_orphan_that_was_being_looked_up_is_looked_up_and_not_called_again()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        _handler.Safety = RepeatSafety.LookUp;
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);

        var orphan = await node.InsertAsync(ADelivery.On(_lane) with
        {
            LeasedBy = ADelivery.Ids.New<NodeId>(), Status = DeliveryStatus.Failed, InDoubt = true, Tries = 1, LaneTries = 1,
            AttemptCount = 1,
        });
        await node.BecomesAsync(orphan, DeliveryStatus.Delivered);

        Assert.Equal((0, 1), (_handler.CallsOf(orphan), _handler.LookUpsOf(orphan)));
    }

    [Fact]
    public async Task A_node_that_could_not_reach_the_database_for_a_while_goes_on_with_what_it_has()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler, _destinations);
        _handler.OnCall = (_, _, _) => _gate.Task;
        await node.AcceptAsync(ADelivery.On(_lane));
        var waiting = await node.AcceptAsync(ADelivery.On(_lane));

        var blocker = kind == TestDatabases.PostgreSql ? database.OpenAgain() : database.Database;
        Task heartbeats;
        await using (var blocking = await blocker.BeginWriteAsync(_ct))   // on SQLite that alone keeps every other writer waiting
        {
            await blocker.ExecuteAsync(blocking, "UPDATE nodes SET name = name", new { }, _ct);
            _time.StandStill(TimeSpan.FromSeconds(40));   // silent for longer than the time-out, as far as it can tell
            heartbeats = Task.Run(() => _time.Advance(TimeSpan.Zero), _ct);   // on SQLite it is kept waiting, too
            Assert.False(node.Membership.IsConfirmed);
            _gate.SetResult(null);
        }

        await heartbeats;
        await node.BecomesAsync(waiting, DeliveryStatus.Delivered);
        Assert.Single(await node.AttemptsAsync(waiting));
    }

    [Fact]
    public async Task A_node_that_was_declared_dead_while_it_prepared_a_call_does_not_make_it()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        var former = node.Membership.Self;
        _handler.OnPrepare = async (_, _) =>
        {
            _handler.OnPrepare = (_, _) => Task.CompletedTask;
            await node.Database.ExecuteAsync("UPDATE nodes SET dead_at = seen_at WHERE id = @former", new { former }, _ct);
            await Eventually.BecomesAsync(() => node.Membership.Self != former, TimeSpan.FromSeconds(60), _ct);
        };

        var delivery = await node.AcceptAsync(ADelivery.On(_lane));
        await node.BecomesAsync(delivery, DeliveryStatus.Delivered);

        Assert.Equal(1, _handler.CallsOf(delivery));
        var codes = (await node.AttemptsAsync(delivery)).Select(attempt => attempt.Code).ToList();
        Assert.Equal(["node_lost", null], codes.Distinct());   // a node that hardly gets to run may be lost once more
        Assert.Null(codes[^1]);
    }

    [Fact]
    public async Task A_delivery_that_cannot_be_prepared_is_tried_again_soon()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        var failures = 2;
        _handler.OnPrepare = (_, _) => failures-- > 0 ? throw new InvalidOperationException("Not now.") : Task.CompletedTask;

        var delivery = await node.AcceptAsync(ADelivery.On(_lane));
        await node.BecomesAsync(delivery, DeliveryStatus.Delivered);

        Assert.True(_time.GetUtcNow() >= ManualTime.Noon.AddSeconds(20));
        Assert.Single(await node.AttemptsAsync(delivery));
    }

    [Fact]
    public async Task A_delivery_of_an_unknown_capability_waits_for_a_node_that_knows_it()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);

        var newer = await node.AcceptAsync(ADelivery.On(_lane, capability: "of_a_newer_version"));

        Assert.Null((await node.BecomesAsync(newer, current => current.LeasedBy is null)).LeasedBy);
        Assert.Empty(await node.AttemptsAsync(newer));
    }

    [Fact]
    public async Task An_outcome_that_a_feature_cannot_apply_is_kept_for_a_person_and_holds_up_nothing()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler, _destinations);
        var poison = ADelivery.On(_lane);
        _handler.OnApply = step =>
        {
            if (step.Delivery.Id == poison.Id)
                throw new InvalidOperationException("A bug in the feature.");
        };

        await node.AcceptAsync(poison);
        var next = await node.AcceptAsync(ADelivery.On(_lane));
        await node.BecomesAsync(next, DeliveryStatus.Delivered);

        var held = await node.BecomesAsync(poison, DeliveryStatus.Failed);
        Assert.True(held.IsUnresolved);
        Assert.Equal("apply_failed", held.LastCode);
        Assert.Equal(AttemptOutcome.Ok, Assert.Single(await node.AttemptsAsync(poison)).Outcome);
        Assert.Equal(1, _handler.CallsOf(poison));
    }

    [Fact]
    public async Task A_cancel_request_reaches_what_waits_in_memory()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler, _destinations);
        _handler.OnCall = (_, _, _) => _gate.Task;
        await node.AcceptAsync(ADelivery.On(_lane));
        var waiting = await node.AcceptAsync(ADelivery.On(_lane));

        await RequestCancelAsync(node, waiting);
        var canceled = await node.BecomesAsync(waiting, DeliveryStatus.Canceled);
        _gate.SetResult(null);

        Assert.Null(canceled.LeasedBy);
        Assert.Equal(0, _handler.CallsOf(waiting));
    }

    [Fact]
    public async Task A_cancel_request_that_comes_just_before_a_call_that_must_not_happen_twice_prevents_it()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        _handler.Safety = RepeatSafety.Never;
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        _handler.OnPrepare = (delivery, _) => RequestCancelAsync(node, delivery);

        var delivery = await node.AcceptAsync(ADelivery.On(_lane));
        await Eventually.BecomesAsync(
            async () => (await node.ReadAsync(delivery)).Status == DeliveryStatus.Canceled, TimeSpan.FromSeconds(60), _ct);

        Assert.Equal(0, _handler.CallsOf(delivery));
    }

    [Fact]
    public async Task What_someone_canceled_during_its_call_is_not_tried_again()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        _handler.OnCall = async (delivery, _, _) =>
        {
            await RequestCancelAsync(node, delivery);
            return Failures.BadKey;
        };

        var delivery = await node.AcceptAsync(ADelivery.On(_lane) with { Fallbacks = [ADelivery.NewLane()] });
        await node.BecomesAsync(delivery, DeliveryStatus.Canceled);

        Assert.Equal(1, _handler.CallsOf(delivery));
    }

    private static async Task<(NodeId? Holder, int Attempts, int Tries, bool IsDue)> StateAsync(TestNode node, Delivery delivery)
    {
        var current = await node.ReadAsync(delivery);
        return (current.LeasedBy, current.AttemptCount, current.Tries, current.DueAt is not null);
    }

    private Task RequestCancelAsync(TestNode node, Delivery delivery) =>
        node.Database.ExecuteAsync(
            "UPDATE deliveries SET cancel_requested = @yes, version = version + 1 WHERE id = @Id", new { yes = true, delivery.Id }, _ct);
}

public sealed class SqliteLeasesTests(HubDatabases databases) : LeasesContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlLeasesTests(HubDatabases databases) : LeasesContract(databases, TestDatabases.PostgreSql);
