using Patchbay.Connectors.Contracts;
using Patchbay.Engine.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Execution;

/// <summary>Many deliveries and several lanes on one node, on either database.</summary>
public abstract class LanesContract(HubDatabases databases, string kind)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly ManualTime _time = new();
    private readonly FakeHandler _handler = new();
    private readonly FakeDestinations _destinations = new();
    private readonly LaneId _lane = ADelivery.NewLane();
    private readonly TaskCompletionSource<ProviderFailure?> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task What_is_beyond_a_lanes_memory_waits_in_the_database_and_nothing_is_lost_or_called_twice()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler, _destinations);
        _handler.OnCall = (_, _, _) => _gate.Task;

        var accepted = new List<Delivery>();
        foreach (var some in Enumerable.Range(0, 2_000).Chunk(50))
            accepted.AddRange(await Task.WhenAll(some.Select(_ => Task.Run(() => node.AcceptAsync(ADelivery.On(_lane))))));
        Assert.InRange(accepted.Count(delivery => delivery.LeasedBy is null), 1, 2_000 - Lane.MemoryPerPriority);
        _gate.SetResult(null);
        await node.UntilAsync(async () => await node.CountAsync(DeliveryStatus.Delivered) == 2_000);

        Assert.All(accepted, delivery => Assert.Equal(1, _handler.CallsOf(delivery)));
        Assert.Equal(64, _handler.MostAtOnce);   // as many as the destination bears
        await Eventually.BecomesAsync(() => node.Engine.CallsRunning == 0, TimeSpan.FromSeconds(60), _ct);
    }

    [Fact]
    public async Task A_one_time_password_overtakes_a_bulk_run()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        _destinations.Default = new LaneSettings(1_000_000, 1);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler, _destinations);
        _handler.OnCall = (_, _, _) => _gate.Task;
        for (var i = 0; i < 20; i++)
            await node.AcceptAsync(ADelivery.On(_lane) with { Priority = DeliveryPriority.Low });
        var password = await node.AcceptAsync(ADelivery.On(_lane) with { Priority = DeliveryPriority.High });

        _gate.SetResult(null);
        await node.UntilAsync(async () => await node.CountAsync(DeliveryStatus.Delivered) == 21);

        Assert.Equal(password.Id, _handler.Called[1].Id);
    }

    [Fact]
    public async Task A_pause_that_a_destination_asked_for_outlasts_the_node()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        var start = _time.GetUtcNow();
        _handler.Pause = TimeSpan.FromMinutes(1);
        _handler.OnCall = (_, _, _) => Task.FromResult<ProviderFailure?>(Failures.Unavailable);
        await using (var node = await TestNode.StartAsync(database.Database, _time, _handler, _destinations))
        {
            await node.AcceptAsync(ADelivery.On(_lane, _time.GetUtcNow()));
            await node.UntilAsync(async () => await node.WarningsAsync() is [true]);
        }

        await using var next = await TestNode.StartAsync(database.OpenAgain(), _time, destinations: _destinations);
        var delivery = await next.AcceptAsync(ADelivery.On(_lane, _time.GetUtcNow()));
        await next.BecomesAsync(delivery, DeliveryStatus.Delivered);

        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_node_makes_no_more_calls_at_once_than_it_may_and_no_lane_is_forgotten()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(
            database.Database, _time, _handler, _destinations, options => (options.MaxCalls, options.MaxSlowCalls) = (1, 1));
        var lanes = Enumerable.Range(0, 5).Select(_ => ADelivery.NewLane()).ToList();

        await Task.WhenAll(
            lanes.SelectMany(lane => Enumerable.Range(0, 40).Select(_ => Task.Run(() => node.AcceptAsync(ADelivery.On(lane))))));
        await Eventually.BecomesAsync(
            async () => await node.CountAsync(DeliveryStatus.Delivered) == 200, TimeSpan.FromSeconds(60), _ct);   // time stands still

        Assert.InRange(_handler.MostAtOnce, 1, 2);
        await Eventually.BecomesAsync(() => node.Engine.CallsRunning == 0, TimeSpan.FromSeconds(60), _ct);
    }

    [Fact]
    public async Task A_busy_lane_does_not_keep_a_free_place_for_itself()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(
            database.Database, _time, _handler, _destinations, options => (options.MaxCalls, options.MaxSlowCalls) = (1, 1));
        _handler.OnCall = (_, _, _) => _gate.Task;
        for (var i = 0; i < 30; i++)
            await node.AcceptAsync(ADelivery.On(_lane));
        var other = await node.AcceptAsync(ADelivery.On(ADelivery.NewLane()));

        _gate.SetResult(null);
        await Eventually.BecomesAsync(async () => await node.CountAsync(DeliveryStatus.Delivered) == 31, TimeSpan.FromSeconds(60), _ct);

        Assert.Contains(other.Id, _handler.Called.Take(4).Select(delivery => delivery.Id));
    }

    [Fact]
    public async Task A_destination_that_cannot_be_looked_up_holds_up_only_itself()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler, _destinations);
        var lanes = Enumerable.Range(0, 3).Select(_ => ADelivery.NewLane()).OrderBy(lane => lane.Value.ToString()).ToList();
        _destinations.Broken[lanes[0]] = 0;
        var waiting = new List<Delivery>();
        foreach (var lane in lanes)
            waiting.Add(await node.InsertAsync(ADelivery.On(lane) with { DueAt = ManualTime.Noon }));

        await node.UntilAsync(async () => await node.CountAsync(DeliveryStatus.Delivered) == 2);
        Assert.Equal(DeliveryStatus.Pending, (await node.ReadAsync(waiting[0])).Status);
        _destinations.Broken.Clear();

        await node.BecomesAsync(waiting[0], DeliveryStatus.Delivered);
    }

    [Fact]
    public async Task Behind_a_closed_lane_work_waits_falls_back_or_expires_and_goes_on_when_it_opens()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await _destinations.SetAsync(_lane, new LaneSettings(1_000, 10, "disabled"));
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler, _destinations);
        var second = ADelivery.NewLane();

        var waits = await node.AcceptAsync(ADelivery.On(_lane));
        var moves = await node.AcceptAsync(ADelivery.On(_lane) with { Fallbacks = [second] });
        var expires = await node.AcceptAsync(ADelivery.On(_lane) with { ExpiresAt = ManualTime.Noon.AddSeconds(20) });
        var swept = await node.InsertAsync(ADelivery.On(_lane) with { DueAt = ManualTime.Noon, Fallbacks = [second] });
        Assert.Equal(second, (await node.BecomesAsync(moves, DeliveryStatus.Delivered)).Lane);
        Assert.Equal(second, (await node.BecomesAsync(swept, DeliveryStatus.Delivered)).Lane);
        Assert.Equal(ExhaustReason.Expired, (await node.BecomesAsync(expires, DeliveryStatus.Exhausted)).Reason);
        Assert.Equal(DeliveryStatus.Pending, (await node.ReadAsync(waits)).Status);

        await _destinations.SetAsync(_lane, new LaneSettings(1_000, 10));

        await node.BecomesAsync(waits, DeliveryStatus.Delivered);
        Assert.Equal(1, _handler.CallsOf(waits));
    }

    [Fact]
    public async Task A_lane_is_closed_once_the_change_is_told()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler, _destinations);
        var closed = Enumerable.Range(0, 100).Select(_ => ADelivery.NewLane()).ToList();
        foreach (var lane in closed)
            await node.BecomesAsync(await node.AcceptAsync(ADelivery.On(lane)), DeliveryStatus.Delivered);

        foreach (var lane in closed)
        {
            await _destinations.SetAsync(lane, new LaneSettings(1_000, 10, "incident") { MayFallBack = false });
            Assert.Equal(0, await node.Engine.RoomAsync(FakeDestinations.Tenant, lane, DeliveryPriority.Normal, _ct));
        }
    }

    [Fact]
    public async Task A_destination_that_is_down_is_left_alone_until_it_is_back()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        _destinations.Default = new LaneSettings(1_000_000, 1);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler, _destinations);
        var isDown = true;
        _handler.OnCall = (_, _, _) => Task.FromResult(isDown ? Failures.Unavailable : null);

        var accepted = new List<Delivery>();
        for (var i = 0; i < 8; i++)
            accepted.Add(await node.AcceptAsync(ADelivery.On(_lane)));
        await Eventually.BecomesAsync(() => node.Engine.BreakerIsOpen(_lane), TimeSpan.FromSeconds(60), _ct);
        Assert.Equal(CircuitBreaker.Threshold, _handler.TotalCalls);
        isDown = false;

        await node.UntilAsync(async () => await node.CountAsync(DeliveryStatus.Delivered) == 8);
        Assert.False(node.Engine.BreakerIsOpen(_lane));
    }

    [Fact]
    public async Task What_could_not_be_sent_yet_speaks_neither_for_its_destination_nor_against_it()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        _destinations.Default = new LaneSettings(1_000_000, 1);
        await using var node = await TestNode.StartAsync(database.Database, _time, _handler, _destinations);
        var early = new HashSet<DeliveryId>();
        _handler.OnCall = (delivery, _, _) =>
            Task.FromResult<ProviderFailure?>(early.Contains(delivery.Id) ? Failures.NotYetPossible : Failures.Unavailable);

        await AcceptAsync(CircuitBreaker.Threshold, isEarly: true);
        await AcceptAsync(CircuitBreaker.Threshold - 1, isEarly: false);
        await AcceptAsync(1, isEarly: true);
        await AcceptAsync(1, isEarly: false);

        await Eventually.BecomesAsync(() => node.Engine.BreakerIsOpen(_lane), TimeSpan.FromSeconds(60), _ct);
        Assert.Equal((CircuitBreaker.Threshold * 2) + 1, _handler.TotalCalls);

        async Task AcceptAsync(int count, bool isEarly)
        {
            for (var i = 0; i < count; i++)
            {
                var delivery = ADelivery.On(_lane);
                if (isEarly)
                    early.Add(delivery.Id);
                await node.AcceptAsync(delivery);
            }
        }
    }
}

public sealed class SqliteLanesTests(HubDatabases databases) : LanesContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlLanesTests(HubDatabases databases) : LanesContract(databases, TestDatabases.PostgreSql);
