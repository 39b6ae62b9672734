using Patchbay.Connectors.Contracts;
using Patchbay.Engine.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Execution;

/// <summary>Whatever others' destinations do, a tenant's work goes out.</summary>
public abstract class FairSharesContract(HubDatabases databases, string kind)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly ManualTime _time = new();
    private readonly FakeHandler _handler = new();
    private readonly LaneId _lane = ADelivery.NewLane();
    private readonly TaskCompletionSource<ProviderFailure?> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Thirty_tenants_whose_destinations_hang_do_not_keep_another_waiting()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await StartAsync(database.Database);
        await DeliverAsync(node, 5);
        HangButFor(FakeDestinations.Tenant);
        for (var tenant = 0; tenant < 30; tenant++)
            await HangingAsync(node, ADelivery.Ids.New<TenantId>(), lanes: 2);

        await DeliverAsync(node, 20);
        await DeliverAsync(node, 20);

        await EndAsync(node);
    }

    [Fact]
    public async Task A_tenant_that_is_quick_at_first_and_then_hangs_leaves_places_for_others()
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await StartAsync(database.Database);
        await DeliverAsync(node, 5);
        var (other, lane) = (ADelivery.Ids.New<TenantId>(), ADelivery.NewLane());
        for (var i = 0; i < 5; i++)
            await node.BecomesAsync(await node.AcceptAsync(ADelivery.On(lane) with { TenantId = other }), DeliveryStatus.Delivered);
        HangButFor(FakeDestinations.Tenant);
        for (var i = 0; i < 20; i++)
            await node.AcceptAsync(ADelivery.On(lane, _time.GetUtcNow()) with { TenantId = other });

        await Eventually.BecomesAsync(() => node.Engine.CallsRunning == 6, TimeSpan.FromSeconds(60), _ct);   // three quarters of eight
        await DeliverAsync(node, 20);
        _time.Advance(TimeSpan.FromSeconds(2));   // they have given their places back, and go on as slow ones
        await Eventually.BecomesAsync(() => node.Engine.CallsRunning == 8, TimeSpan.FromSeconds(60), _ct);

        await EndAsync(node);
    }

    private Task<TestNode> StartAsync(Database database) => TestNode.StartAsync(
        database, _time, _handler, new FakeDestinations(), options => (options.MaxCalls, options.MaxSlowCalls) = (8, 32));

    private void HangButFor(TenantId tenant) =>
        _handler.OnCall = (delivery, _, stop) =>
            delivery.TenantId == tenant ? Task.FromResult<ProviderFailure?>(null) : _gate.Task.WaitAsync(stop);

    private async Task HangingAsync(TestNode node, TenantId tenant, int lanes)
    {
        for (var lane = 0; lane < lanes; lane++)
            await node.AcceptAsync(ADelivery.On(ADelivery.NewLane(), _time.GetUtcNow()) with { TenantId = tenant });
    }

    /// <summary>While time stands still.</summary>
    private async Task DeliverAsync(TestNode node, int count)
    {
        var accepted = new List<Delivery>();
        for (var i = 0; i < count; i++)
            accepted.Add(await node.AcceptAsync(ADelivery.On(_lane, _time.GetUtcNow())));
        foreach (var delivery in accepted)
        {
            await Eventually.BecomesAsync(
                async () => (await node.ReadAsync(delivery)).Status == DeliveryStatus.Delivered, TimeSpan.FromSeconds(20), _ct);
        }
    }

    private async Task EndAsync(TestNode node)
    {
        _gate.SetResult(null);
        await node.UntilAsync(async () => await node.CountAsync(DeliveryStatus.Pending) == 0);
        await Eventually.BecomesAsync(() => node.Engine.CallsRunning == 0, TimeSpan.FromSeconds(60), _ct);
    }
}

public sealed class SqliteFairSharesTests(HubDatabases databases) : FairSharesContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlFairSharesTests(HubDatabases databases) : FairSharesContract(databases, TestDatabases.PostgreSql);
