using Npgsql;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Execution;

/// <summary>What becomes of a delivery, from its acceptance to its end, on either database.</summary>
public abstract class OutcomesContract(HubDatabases databases, string kind)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly ManualTime _time = new();
    private readonly FakeHandler _handler = new();
    private readonly LaneId _lane = ADelivery.NewLane();

    private static DeliveryRules Money { get; } = new(4, TimeSpan.FromHours(1), TimeSpan.FromSeconds(10), 2, MovesMoney: true);

    [Fact]
    public async Task An_accepted_delivery_is_called_straight_from_memory()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);

        var delivery = await node.AcceptAsync(ADelivery.On(_lane));
        await Eventually.BecomesAsync(
            async () => (await node.ReadAsync(delivery)).IsFinished, TimeSpan.FromSeconds(60), _ct);   // time stands still

        var after = await node.ReadAsync(delivery);
        Assert.Equal((DeliveryStatus.Delivered, 1, 1, false), (after.Status, after.AttemptCount, after.Tries, after.InDoubt));
        Assert.Null(after.LeasedBy);
        Assert.Null(after.DueAt);
        var attempt = Assert.Single(await node.AttemptsAsync(delivery));
        Assert.Equal((1, AttemptKind.Call, AttemptOutcome.Ok, _lane), (attempt.Number, attempt.Kind, attempt.Outcome, attempt.Lane));
    }

    [Fact]
    public async Task A_passing_failure_is_called_again_when_its_time_has_come()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        _handler.Answer(Failures.Unavailable);

        var delivery = await node.AcceptAsync(ADelivery.On(_lane));
        var waiting = await node.BecomesAsync(delivery, DeliveryStatus.Retrying);
        Assert.InRange(waiting.DueAt!.Value, ManualTime.Noon.AddSeconds(5), ManualTime.Noon.AddSeconds(6));
        await node.BecomesAsync(delivery, DeliveryStatus.Delivered);

        Assert.True(_time.GetUtcNow() >= waiting.DueAt);
        Assert.Equal(
            [AttemptOutcome.Transient, AttemptOutcome.Ok], (await node.AttemptsAsync(delivery)).Select(attempt => attempt.Outcome));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unknown_money_is_looked_up_and_sent_again_only_on_proof_that_nothing_was_done(bool wasDone)
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        (_handler.Rules, _handler.Safety) = (Money, RepeatSafety.LookUp);
        _handler.Answer(Failures.Timeout);
        _handler.OnLookUp = (_, _) => wasDone ? FakeHandler.Found : FakeHandler.NotFound;

        var delivery = await node.AcceptAsync(ADelivery.On(_lane) with { Fallbacks = [ADelivery.NewLane()] });
        var doubt = await node.BecomesAsync(delivery, current => current.Status == DeliveryStatus.Failed);
        var after = await node.BecomesAsync(delivery, DeliveryStatus.Delivered);

        Assert.True(doubt.InDoubt);
        Assert.False(after.InDoubt);
        Assert.Equal((wasDone ? 1 : 2, 1), (_handler.CallsOf(delivery), _handler.LookUpsOf(delivery)));
        Assert.Equal(_lane, after.Lane);
    }

    [Fact]
    public async Task A_look_up_is_made_also_when_the_delivery_has_expired_meanwhile()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        (_handler.Rules, _handler.Safety) = (Money, RepeatSafety.LookUp);
        _handler.Answer(Failures.Timeout);

        var delivery = await node.AcceptAsync(ADelivery.On(_lane) with { ExpiresAt = ManualTime.Noon.AddSeconds(1) });
        await node.BecomesAsync(delivery, DeliveryStatus.Delivered);

        Assert.Equal(1, _handler.LookUpsOf(delivery));
    }

    [Fact]
    public async Task Money_in_doubt_that_expires_while_its_lane_is_busy_is_looked_up()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(
            database.Database, _time, _handler, new FakeDestinations { Default = new(1_000_000, 1) });
        (_handler.Rules, _handler.Safety) = (Money, RepeatSafety.SafeThenLookUp);
        var lane = new TaskCompletionSource<Connectors.Contracts.ProviderFailure?>();
        _handler.OnCall = (called, _, _) => called.Payload.Length == 2 ? lane.Task
            : Task.FromResult<Connectors.Contracts.ProviderFailure?>(Failures.Timeout);

        var doubted = await node.AcceptAsync(ADelivery.On(_lane) with { ExpiresAt = ManualTime.Noon.AddSeconds(30) });
        await node.BecomesAsync(doubted, DeliveryStatus.Retrying);
        await node.AcceptAsync(ADelivery.On(_lane) with { Payload = [1, 2] });
        await node.UntilAsync(() => Task.FromResult(_time.GetUtcNow() > ManualTime.Noon.AddSeconds(40)));
        lane.SetResult(null);
        await node.BecomesAsync(doubted, current => current.IsFinished);

        Assert.Equal(DeliveryStatus.Delivered, (await node.ReadAsync(doubted)).Status);
        Assert.Equal((1, 1), (_handler.CallsOf(doubted), _handler.LookUpsOf(doubted)));
    }

    [Fact]
    public async Task What_one_account_cannot_do_goes_to_the_next_at_once()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        var second = ADelivery.NewLane();
        _handler.Answer(Failures.BadKey);

        var delivery = await node.AcceptAsync(ADelivery.On(_lane) with { Fallbacks = [second] });
        await Eventually.BecomesAsync(async () => (await node.ReadAsync(delivery)).IsFinished, TimeSpan.FromSeconds(60), _ct);

        var after = await node.ReadAsync(delivery);
        Assert.Equal((DeliveryStatus.Delivered, second, 2, 1), (after.Status, after.Lane, after.Tries, after.LaneTries));
        Assert.Empty(after.Fallbacks);
        Assert.Equal([_lane, second], (await node.AttemptsAsync(delivery)).Select(attempt => attempt.Lane));
    }

    [Fact]
    public async Task After_the_last_try_it_is_exhausted()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        _handler.OnCall = (_, _, _) => Task.FromResult<Connectors.Contracts.ProviderFailure?>(Failures.Unavailable);

        var delivery = await node.AcceptAsync(ADelivery.On(_lane));
        var after = await node.BecomesAsync(delivery, DeliveryStatus.Exhausted);

        Assert.Equal((ExhaustReason.AttemptsUsed, "unavailable"), (after.Reason, after.LastCode));
        Assert.Equal(4, _handler.CallsOf(delivery));
    }

    [Fact]
    public async Task A_call_that_must_not_happen_twice_is_marked_before_it_and_held_when_its_outcome_is_unknown()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        (_handler.Rules, _handler.Safety) = (Money, RepeatSafety.Never);
        DeliveryStatus? during = null;
        _handler.OnCall = async (called, _, _) =>
        {
            during = (await node.ReadAsync(called)).Status;
            return Failures.Timeout;
        };

        var delivery = await node.AcceptAsync(ADelivery.On(_lane));
        var held = await node.BecomesAsync(delivery, DeliveryStatus.Failed);
        await node.UntilAsync(() => Task.FromResult(_time.GetUtcNow() > ManualTime.Noon.AddSeconds(15)));

        Assert.Equal(DeliveryStatus.InProgress, during);
        Assert.True(held.IsUnresolved);
        Assert.Equal(1, _handler.CallsOf(delivery));
    }

    [Fact]
    public async Task A_connector_that_throws_counts_as_unknown()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        _handler.OnCall = (_, number, _) => number == 1
            ? throw new InvalidOperationException("A bug.") : Task.FromResult<Connectors.Contracts.ProviderFailure?>(null);

        var delivery = await node.AcceptAsync(ADelivery.On(_lane));
        await node.BecomesAsync(delivery, DeliveryStatus.Delivered);

        Assert.Equal([AttemptOutcome.Unknown, AttemptOutcome.Ok], (await node.AttemptsAsync(delivery)).Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task A_call_that_could_not_be_prepared_since_the_database_was_away_is_prepared_again_as_soon_as_it_answers()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        var prepared = 0;
        _handler.OnPrepare = (_, _) => Interlocked.Increment(ref prepared) == 1
            ? throw new NpgsqlException("The connection is gone.") : Task.CompletedTask;

        var delivery = await node.AcceptAsync(ADelivery.On(_lane));
        var after = await node.BecomesAsync(delivery, DeliveryStatus.Delivered);

        Assert.Equal((2, 1), (prepared, after.AttemptCount));
        Assert.InRange(_time.GetUtcNow(), ManualTime.Noon.AddSeconds(1), ManualTime.Noon.AddSeconds(3));
    }

    [Fact]
    public async Task What_a_destination_answers_cannot_keep_its_record_from_being_written()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        _handler.OnSuccess = Answered("a NUL \0 and half a pair \ud83d");

        var delivery = await node.AcceptAsync(ADelivery.On(_lane));
        await node.BecomesAsync(delivery, DeliveryStatus.Delivered);

        var attempt = Assert.Single(await node.AttemptsAsync(delivery));
        Assert.Equal("a NUL \uFFFD and half a pair \uFFFD", attempt.ResponseExcerpt);
    }

    /// <summary>Whatever the database may have against a row: the next delivery of the lane must not wait for it.</summary>
    [Fact]
    public async Task A_record_that_the_database_refuses_is_left_to_a_person_and_holds_no_place()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(
            database.Database, _time, _handler, new FakeDestinations { Default = new(1_000_000, 1) });
        foreach (var sql in Refusing("poison"))
            await database.Database.ExecuteAsync(sql, new { }, _ct);
        _handler.OnSuccess = Answered("poison");

        var refused = await node.AcceptAsync(ADelivery.On(_lane));
        var held = await node.BecomesAsync(refused, current => current.IsUnresolved);
        _handler.OnSuccess = FakeHandler.Found;
        var next = await node.AcceptAsync(ADelivery.On(_lane));
        await node.BecomesAsync(next, DeliveryStatus.Delivered);

        Assert.Equal("apply_failed", held.LastCode);
        Assert.Equal(1, _handler.CallsOf(refused));
        Assert.Null(Assert.Single(await node.AttemptsAsync(refused)).ResponseExcerpt);
    }

    [Fact]
    public async Task What_waits_for_a_database_that_refuses_everything_is_seen_until_it_is_taken()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        foreach (var sql in Refusing(excerpt: null))
            await database.Database.ExecuteAsync(sql, new { }, _ct);

        var refused = await node.AcceptAsync(ADelivery.On(_lane));
        await node.UntilAsync(() => Task.FromResult(node.Engine.Outage.LongestWait > TimeSpan.FromSeconds(3)));
        Assert.Equal(1, node.Engine.Outage.WaitingRecords);
        await database.Database.ExecuteAsync("DROP TRIGGER refuse" + (kind == TestDatabases.Sqlite ? "" : " ON attempts"), new { }, _ct);

        await node.BecomesAsync(refused, current => current.IsUnresolved);
        await Eventually.BecomesAsync(() => node.Engine.Outage.WaitingRecords == 0, TimeSpan.FromSeconds(60), _ct);
        Assert.Equal(TimeSpan.Zero, node.Engine.Outage.LongestWait);
    }

    [Fact]
    public async Task Who_waits_for_the_outcome_is_told_as_soon_as_it_is_recorded()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        var delivery = await node.InsertAsync(await node.Engine.PlaceAsync(ADelivery.On(_lane), _ct));

        await node.Engine.Waiters.WaitAsync(
            delivery.Key, () => node.Engine.Start(delivery), TimeSpan.FromMinutes(1), TimeProvider.System, _ct);

        Assert.Equal(DeliveryStatus.Delivered, (await node.ReadAsync(delivery)).Status);
    }

    [Fact]
    public async Task Who_waits_too_long_gets_the_delivery_as_it_is_then()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler);
        var gate = new TaskCompletionSource<Connectors.Contracts.ProviderFailure?>();
        _handler.OnCall = (_, _, _) => gate.Task;
        var delivery = await node.InsertAsync(await node.Engine.PlaceAsync(ADelivery.On(_lane), _ct));

        await node.Engine.Waiters.WaitAsync(
            delivery.Key, () => node.Engine.Start(delivery), TimeSpan.FromMilliseconds(20), TimeProvider.System, _ct);

        Assert.Equal(DeliveryStatus.Pending, (await node.ReadAsync(delivery)).Status);
        gate.SetResult(null);
    }

    private static CallReport Answered(string body) => new("answer", null, [new Exchange([1], "asked", [2], body, 200)]);

    /// <summary>Has the database refuse attempts with such an answer.</summary>
    /// <param name="excerpt">Of the answers that are refused; null: all.</param>
    private string[] Refusing(string? excerpt)
    {
        var when = excerpt is null ? "true" : $"NEW.response_excerpt = '{excerpt}'";
        return kind == TestDatabases.Sqlite
            ? [$"CREATE TRIGGER refuse BEFORE INSERT ON attempts WHEN {when} BEGIN SELECT RAISE(ABORT, 'no'); END"]
            : ["CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$",
                $"CREATE TRIGGER refuse BEFORE INSERT ON attempts FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse()"];
    }
}

public sealed class SqliteOutcomesTests(HubDatabases databases) : OutcomesContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlOutcomesTests(HubDatabases databases) : OutcomesContract(databases, TestDatabases.PostgreSql);
