using Patchbay.Connectors.Contracts;
using Patchbay.Engine.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Execution;

/// <summary>
/// Two nodes on one PostgreSQL. The first has a clock of its own that can be stopped: then it is silent, as a paused process is.
/// </summary>
public sealed class ClusterTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly FakeDestinations _destinations = new() { Default = new LaneSettings(1_000_000, 1) };
    private readonly LaneId _lane = ADelivery.NewLane();
    private readonly TaskCompletionSource<ProviderFailure?> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task What_a_dead_node_had_is_done_by_a_living_one_and_the_dead_one_writes_nothing_more()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var paused = await TestNode.StartAsync(database.Database, _time, destinations: _destinations);
        paused.Handler.OnCall = (_, _, _) => _gate.Task;
        var accepted = new List<Delivery>();
        for (var i = 0; i < 5; i++)
            accepted.Add(await paused.AcceptAsync(ADelivery.On(_lane, _time.GetUtcNow())));
        await Eventually.BecomesAsync(() => paused.Handler.TotalCalls == 1, TimeSpan.FromSeconds(60), _ct);

        await using var living = await StartLivingAsync(database);
        await living.UntilAsync(async () => await living.CountAsync(DeliveryStatus.Delivered) == 5);
        var before = await Task.WhenAll(accepted.Select(living.AttemptsAsync));
        _gate.SetResult(null);
        await Eventually.BecomesAsync(
            () => paused.Engine.CallsRunning == 0 || paused.Handler.TotalCalls > 1, TimeSpan.FromSeconds(60), _ct);

        Assert.All(before, attempts => Assert.Equal(["node_lost", null], attempts.Select(attempt => attempt.Code)));
        Assert.Equal(before.Select(attempts => attempts.Count),
            (await Task.WhenAll(accepted.Select(living.AttemptsAsync))).Select(attempts => attempts.Count));
        Assert.Equal(5, await living.CountAsync(DeliveryStatus.Delivered));
    }

    [Fact]
    public async Task A_node_declared_dead_notices_gives_up_what_it_had_and_works_on_as_a_new_one()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var paused = await TestNode.StartAsync(database.Database, _time, destinations: _destinations);
        var former = paused.Membership.Self;
        paused.Handler.OnCall = (_, _, _) => _gate.Task;
        for (var i = 0; i < 3; i++)
            await paused.AcceptAsync(ADelivery.On(_lane, _time.GetUtcNow()));
        await using (var living = await StartLivingAsync(database))
            await living.UntilAsync(async () => await living.CountAsync(DeliveryStatus.Delivered) == 3);

        await paused.UntilAsync(() => Task.FromResult(paused.Membership.Self != former));
        _gate.SetResult(null);
        var delivery = await paused.AcceptAsync(ADelivery.On(_lane, _time.GetUtcNow()));
        await paused.BecomesAsync(delivery, DeliveryStatus.Delivered);

        Assert.Equal(2, paused.Handler.TotalCalls);   // the one that hung, and the new one
    }

    [Fact]
    public async Task A_call_marked_by_a_dead_node_is_held_and_one_not_marked_is_made()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var paused = await TestNode.StartAsync(database.Database, _time, destinations: _destinations);
        paused.Handler.Safety = RepeatSafety.Never;
        paused.Handler.OnCall = (_, _, _) => _gate.Task;
        var called = await paused.AcceptAsync(ADelivery.On(_lane, _time.GetUtcNow()));
        var waiting = await paused.AcceptAsync(ADelivery.On(_lane, _time.GetUtcNow()));
        await Eventually.BecomesAsync(() => paused.Handler.TotalCalls == 1, TimeSpan.FromSeconds(60), _ct);

        await using var living = await StartLivingAsync(database, RepeatSafety.Never);
        await living.BecomesAsync(waiting, DeliveryStatus.Delivered);
        var held = await living.BecomesAsync(called, DeliveryStatus.Failed);

        Assert.True(held.IsUnresolved);
        Assert.Equal([waiting.Id], living.Handler.Called.Select(delivery => delivery.Id));
        _gate.SetResult(null);
    }

    [Fact]
    public async Task Two_nodes_claim_side_by_side_and_nothing_is_called_twice()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        var handler = new FakeHandler();
        await using var one = await TestNode.StartAsync(database.Database, TimeProvider.System, handler);
        await using var other = await TestNode.StartAsync(database.OpenAgain(), TimeProvider.System, handler);
        var now = TimeProvider.System.GetUtcNow();
        var all = Enumerable.Range(0, 400)
            .Select(i => ADelivery.On(i % 2 == 0 ? _lane : ADelivery.NewLane(), now) with { DueAt = now }).ToList();

        await Task.WhenAll(all.Select(delivery => Task.Run(() => one.InsertAsync(delivery))));
        await one.UntilAsync(async () => await one.CountAsync(DeliveryStatus.Delivered) == 400);

        Assert.All(all, delivery => Assert.Equal(1, handler.CallsOf(delivery)));
    }

    [Fact]
    public async Task Live_nodes_share_the_limits_of_a_destination()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var one = await TestNode.StartAsync(database.Database, TimeProvider.System);
        await using (var other = await TestNode.StartAsync(database.OpenAgain(), TimeProvider.System))
        {
            await Eventually.BecomesAsync(
                () => one.Membership.LiveNodes == 2 && other.Membership.LiveNodes == 2, TimeSpan.FromSeconds(60), _ct);
        }

        await Eventually.BecomesAsync(() => one.Membership.LiveNodes == 1, TimeSpan.FromSeconds(60), _ct);   // left in order: at once
    }

    [Fact]
    public async Task A_pause_that_a_destination_asked_one_node_for_holds_on_the_others()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var one = await TestNode.StartAsync(database.Database, TimeProvider.System);
        await using var other = await TestNode.StartAsync(database.OpenAgain(), TimeProvider.System);
        await other.BecomesAsync(await other.AcceptAsync(ADelivery.On(_lane, Now)), DeliveryStatus.Delivered);
        one.Handler.Pause = TimeSpan.FromMinutes(1);
        one.Handler.Answer(Failures.Unavailable);

        await one.AcceptAsync(ADelivery.On(_lane, Now));
        await Eventually.BecomesAsync(() => other.Engine.BreakerIsOpen(_lane), TimeSpan.FromSeconds(60), _ct);
        await other.AcceptAsync(ADelivery.On(_lane, Now));
        await other.BecomesAsync(await other.AcceptAsync(ADelivery.On(ADelivery.NewLane(), Now)), DeliveryStatus.Delivered);

        Assert.Equal(2, other.Handler.TotalCalls);
    }

    [Fact]
    public async Task A_pause_after_no_answer_at_all_is_no_more_than_a_warning_to_the_others()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var one = await TestNode.StartAsync(database.Database, TimeProvider.System);
        one.Handler.Pause = TimeSpan.FromMinutes(1);
        one.Handler.Answer(Failures.Timeout);

        await one.AcceptAsync(ADelivery.On(_lane, Now));
        await one.UntilAsync(async () => await one.WarningsAsync() is { Count: > 0 });

        Assert.Equal([false], await one.WarningsAsync());
        Assert.True(one.Engine.BreakerIsOpen(_lane));
    }

    [Fact]
    public async Task When_the_breaker_of_one_node_opens_the_others_go_on_until_their_own_first_failure()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var one = await TestNode.StartAsync(database.Database, TimeProvider.System);
        one.Handler.OnCall = (_, _, _) => Task.FromResult<ProviderFailure?>(Failures.Unavailable);
        for (var i = 0; i < CircuitBreaker.Threshold; i++)
            await one.AcceptAsync(ADelivery.On(_lane, Now));
        await one.UntilAsync(async () => await one.WarningsAsync() is [false]);

        await using var luckier = await TestNode.StartAsync(database.OpenAgain(), TimeProvider.System);   // is told at its start
        await luckier.BecomesAsync(await luckier.AcceptAsync(ADelivery.On(_lane, Now)), DeliveryStatus.Delivered);
        await using var other = await TestNode.StartAsync(
            database.OpenAgain(), TimeProvider.System, new FakeHandler { OnCall = one.Handler.OnCall });
        await other.AcceptAsync(ADelivery.On(_lane, Now));
        await Eventually.BecomesAsync(() => other.Engine.BreakerIsOpen(_lane), TimeSpan.FromSeconds(60), _ct);

        Assert.False(luckier.Engine.BreakerIsOpen(_lane));
        Assert.Equal(1, other.Handler.TotalCalls);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static Task<TestNode> StartLivingAsync(TestDatabase database, RepeatSafety safety = RepeatSafety.Safe) => TestNode.StartAsync(
        database.OpenAgain(), TimeProvider.System, new FakeHandler { Safety = safety }, configure: options =>
        {
            options.Heartbeat = TimeSpan.FromMilliseconds(100);
            options.Timeout = TimeSpan.FromMilliseconds(600);
        });
}
