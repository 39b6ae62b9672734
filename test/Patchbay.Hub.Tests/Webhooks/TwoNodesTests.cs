using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Webhooks;

public sealed class TwoNodesTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nodes_make_one_delivery_of_each_event_whichever_reads_for_an_endpoint()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var one = await WebhookHub.StartAsync(database.Setting, _ct);
        await using var other = await HubHost.StartAsync(database.Setting, options => options.Sandbox = one.Hub.Sandbox, _ct);
        var webhooks = new List<string>();
        for (var i = 0; i < 8; i++)
            webhooks.Add(await one.AddAsync("/" + i, new { ordered = i % 2 == 0 }));

        var published = await one.PublishAsync(40);
        await one.UntilAsync(() => one.Receiver.All.Count >= 320);

        for (var i = 0; i < 8; i++)
        {
            await Eventually.BecomesAsync(() => one.AllAreAsync(webhooks[i], 40, "delivered"), WebhookHub.Soon, _ct);
            var received = one.Receiver.At("/" + i).Select(request => request.Id).ToList();
            Assert.Equal(published, i % 2 == 0 ? received : received.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>A node that goes takes its place among the readers with it.</summary>
    [Fact]
    public async Task When_a_node_leaves_the_other_reads_for_all()
    {
        await using var database = await databases.CreateAsync(TestDatabases.PostgreSql, _ct);
        await using var one = await WebhookHub.StartAsync(database.Setting, _ct);
        var other = await HubHost.StartAsync(database.Setting, options => options.Sandbox = one.Hub.Sandbox, _ct);
        for (var i = 0; i < 8; i++)
            await one.AddAsync("/" + i);
        await one.PublishAsync(5);
        await other.DisposeAsync();
        await one.PublishAsync(5);

        await one.UntilAsync(() => Enumerable.Range(0, 8).All(i => one.Receiver.At("/" + i).Count == 10));
    }
}
