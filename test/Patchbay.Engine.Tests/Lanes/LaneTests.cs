using Patchbay.Engine.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Lanes;

public sealed class LaneTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly List<Delivery> _started = [];
    private readonly List<Delivery> _moved = [];
    private readonly LaneId _id = ADelivery.NewLane();
    private readonly Lane _lane;
    private bool _nodeIsFull;

    public LaneTests() =>
        _lane = new Lane(FakeDestinations.Tenant, _id, new LaneSettings(1_000, 1), _time, Start, (_, delivery) => _moved.Add(delivery));

    [Fact]
    public void High_goes_before_normal_and_normal_before_low_each_in_its_order()
    {
        var running = Enqueue();
        var low = Enqueue(DeliveryPriority.Low);
        var normal = Enqueue();
        var high = Enqueue(DeliveryPriority.High);
        var another = Enqueue(DeliveryPriority.High);

        EndAll(4);

        Assert.Equal([running, high, another, normal, low], _started);
    }

    [Fact]
    public void No_more_calls_run_at_once_than_the_destination_bears()
    {
        _lane.Configure(new LaneSettings(1_000, 3));
        var all = Enumerable.Range(0, 5).Select(_ => Enqueue()).ToList();
        Assert.Equal(all.Take(3), _started);

        _lane.Ended(destinationFailed: false);

        Assert.Equal(all.Take(4), _started);
    }

    [Fact]
    public void Calls_go_out_at_the_rate_of_the_destination()
    {
        _lane.Configure(new LaneSettings(2, 100));
        for (var i = 0; i < 10; i++)
            Enqueue();
        Assert.Single(_started);

        _time.Advance(TimeSpan.FromSeconds(2.1));

        Assert.Equal(5, _started.Count);
    }

    [Fact]
    public void While_the_breaker_is_open_nothing_is_called_until_the_probe()
    {
        OpenBreaker();
        var waiting = new[] { Enqueue(), Enqueue() };
        Assert.Equal(5, _started.Count);
        Assert.True(_lane.BreakerIsOpen);

        _time.Advance(TimeSpan.FromSeconds(1.01));
        Assert.Equal(waiting[..1], _started[5..]);

        _lane.Ended(destinationFailed: false);
        Assert.Equal(waiting, _started[5..]);
        Assert.False(_lane.BreakerIsOpen);
    }

    [Fact]
    public void While_the_breaker_is_open_work_with_a_fallback_moves_on_unless_it_is_in_doubt()
    {
        OpenBreaker();
        Delivery[] fallbacks = [ADelivery.On(_id) with { Fallbacks = [ADelivery.NewLane()] },
            ADelivery.On(_id) with { Fallbacks = [ADelivery.NewLane()], InDoubt = true }];

        foreach (var delivery in fallbacks)
            _lane.Enqueue(delivery);

        Assert.Equal(fallbacks[..1], _moved);
        Assert.Equal(5, _started.Count);
    }

    [Fact]
    public void A_destination_that_asks_for_a_pause_gets_it_without_attempts_of_the_others_being_spent()
    {
        Enqueue();
        var waiting = Enqueue();
        _lane.Ended(destinationFailed: false, TimeSpan.FromSeconds(60));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(_started);

        _time.Advance(TimeSpan.FromSeconds(1.1));

        Assert.Equal(waiting, _started[1]);
    }

    [Fact]
    public void A_lane_that_was_closed_and_opens_again_starts_afresh()
    {
        OpenBreaker();
        _lane.Configure(new LaneSettings(1_000, 1, "disabled"));
        Assert.Equal(0, _lane.RoomForNew(DeliveryPriority.Normal));

        _lane.Configure(new LaneSettings(1_000, 1));

        Assert.False(_lane.BreakerIsOpen);
        Assert.Equal(Lane.MemoryPerPriority, _lane.RoomForNew(DeliveryPriority.Normal));
    }

    [Fact]
    public void A_lane_that_closes_sends_away_what_waits()
    {
        Enqueue();
        var waiting = new[] { Enqueue(), Enqueue(DeliveryPriority.Low) };

        _lane.Configure(new LaneSettings(1_000, 1, "disabled"));

        Assert.Equal(waiting, _moved);
        Assert.Equal(0, _lane.Room(DeliveryPriority.Normal));
        Assert.False(_lane.TakesNew(DeliveryPriority.Normal));
    }

    [Fact]
    public void What_expired_while_it_waited_is_not_called_but_may_still_be_looked_up()
    {
        Enqueue();
        var expired = ADelivery.On(_id) with { ExpiresAt = ManualTime.Noon.AddSeconds(1) };
        var asking = expired with { Id = ADelivery.Ids.New<DeliveryId>(), Status = DeliveryStatus.Failed, InDoubt = true };
        _lane.Enqueue(expired);
        _lane.Enqueue(asking);
        _time.Advance(TimeSpan.FromSeconds(2));

        EndAll(1);

        Assert.Equal([expired], _moved);
        Assert.Equal(asking, _started[1]);
    }

    [Fact]
    public void When_memory_is_full_new_work_waits_in_the_database_until_that_is_worked_off()
    {
        for (var i = 0; i <= Lane.MemoryPerPriority; i++)
            Enqueue();
        Assert.False(_lane.TakesNew(DeliveryPriority.Normal));
        Assert.True(_lane.TakesNew(DeliveryPriority.High));
        EndAll(50);
        Assert.Equal(50, _lane.Room(DeliveryPriority.Normal));
        Assert.False(_lane.TakesNew(DeliveryPriority.Normal));   // it would overtake what waits there

        _lane.CaughtUp(except: DeliveryPriority.Normal);
        Assert.False(_lane.TakesNew(DeliveryPriority.Normal));
        _lane.CaughtUp();
        Assert.True(_lane.TakesNew(DeliveryPriority.Normal));
    }

    [Fact]
    public void What_waits_can_be_taken_out_and_what_runs_cannot()
    {
        var running = Enqueue();
        var waiting = Enumerable.Range(0, 3).Select(_ => Enqueue()).ToList();

        Assert.True(_lane.TryRemove(waiting[1].Key));
        Assert.False(_lane.TryRemove(waiting[1].Key));
        Assert.False(_lane.TryRemove(running.Key));
        EndAll(3);

        Assert.Equal([running, waiting[0], waiting[2]], _started);
    }

    [Fact]
    public void When_the_node_is_full_the_call_keeps_its_place_its_token_and_its_slot()
    {
        _lane.Configure(new LaneSettings(1, 1));   // one token, and then a second to wait
        _nodeIsFull = true;
        var first = Enqueue();
        Enqueue();
        _nodeIsFull = false;

        _lane.Feed();

        Assert.Equal([first], _started);
    }

    [Fact]
    public void Draining_empties_it()
    {
        Enqueue();
        var waiting = new[] { Enqueue(DeliveryPriority.High), Enqueue() };

        Assert.Equal(waiting, _lane.Drain());
        EndAll(1);

        Assert.Single(_started);
    }

    [Fact]
    public void The_nodes_of_a_cluster_share_the_limits_but_each_may_call()
    {
        var limits = new LaneSettings(100, 5);

        Assert.Equal(limits, limits.SharedBy(1));
        Assert.Equal(new LaneSettings(50, 2), limits.SharedBy(2));
        Assert.Equal(new LaneSettings(10, 1), limits.SharedBy(10));
    }

    public void Dispose() => _lane.Dispose();

    private Delivery Enqueue(DeliveryPriority priority = DeliveryPriority.Normal)
    {
        var delivery = ADelivery.On(_id) with { Priority = priority };
        _lane.Enqueue(delivery);
        return delivery;
    }

    private void OpenBreaker()
    {
        for (var i = 0; i < CircuitBreaker.Threshold; i++)
        {
            Enqueue();
            _lane.Ended(destinationFailed: true);
        }
    }

    private void EndAll(int calls)
    {
        for (var i = 0; i < calls; i++)
            _lane.Ended(destinationFailed: false);
    }

    private bool Start(Lane lane, Delivery delivery)
    {
        if (_nodeIsFull)
        {
            lane.PutBack(delivery);
            return false;
        }

        _started.Add(delivery);
        return true;
    }
}
