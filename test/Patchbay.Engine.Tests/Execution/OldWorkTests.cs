using Patchbay.Engine.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Execution;

/// <summary>Claims look into the youngest partitions only, unless something older waits.</summary>
public sealed class OldWorkTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestDatabases.Sqlite)]
    [InlineData(TestDatabases.PostgreSql)]
    public async Task A_delivery_of_months_ago_that_becomes_due_is_claimed_while_young_ones_are(string kind)
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var node = await TestNode.StartAsync(database.Database, TimeProvider.System);
        var lane = ADelivery.NewLane();
        var now = TimeProvider.System.GetUtcNow();
        var young = await node.InsertAsync(ADelivery.On(lane, now) with { DueAt = now });
        await node.BecomesAsync(young, DeliveryStatus.Delivered);   // by now it knows that nothing older waits

        var monthsAgo = new IdGenerator(new ManualTime(now.AddDays(-80)));
        var old = await node.InsertAsync(ADelivery.On(lane, now) with { Id = monthsAgo.New<DeliveryId>(), DueAt = now });

        await node.BecomesAsync(old, DeliveryStatus.Delivered);
        Assert.Equal(1, node.Handler.CallsOf(old));
    }
}
