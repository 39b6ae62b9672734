using Microsoft.Extensions.Logging.Abstractions;
using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.CoyoteTests;

/// <summary>Two lanes, deliveries for each, and a single slot for calls: from memory to the committed outcome.</summary>
internal static class LaneScenarios
{
    public static async Task TwoLanesShareOneSlot()
    {
        await using var scratch = await ScratchDatabase.CreateAsync();
        var database = scratch.Database;
        var (time, tables, shop) = (new SteppedTime(), new MemoryTables(), new Shop());
        await using var ledger = new Ledger(new MemoryStore(tables), time);
        var membership = new Membership(database, Shop.Ids, Shop.Options, time);
        await membership.JoinAsync(CancellationToken.None);
        var outage = new DatabaseOutage(time, NullLogger<DatabaseOutage>.Instance);
        var runner = new DeliveryRunner(
            ledger, membership, new Dictionary<string, IDeliveryHandler> { [Shop.Name] = shop }, new OutcomeWaiters(), outage, time,
            () => 0.5, NullLogger<DeliveryRunner>.Instance);
        using var lanes = new LaneSet(
            runner, membership, new LaneWarnings(database, membership, time), shop, Shop.Options, time, NullLogger<LaneSet>.Instance);
        var deliveries = Shop.Deliveries(membership.Self, time.GetUtcNow());
        await ledger.CommitAsync(new InsertAll(deliveries), CancellationToken.None);
        var done = shop.WaitForAllAsync(deliveries.Count);
        lanes.Open();

        await Task.WhenAll(deliveries.Select(delivery => Task.Run(() => HoldAsync(lanes, delivery))));
        await done;
        while (lanes.IsBusy)
            await Task.Yield();

        BrokenPromiseException.Unless(shop.Calls == deliveries.Count, "Every delivery is called once.");
        BrokenPromiseException.Unless(
            tables.Rows.Values.OfType<Delivery>().All(row => row.Status == DeliveryStatus.Delivered), "Every outcome is recorded.");
        BrokenPromiseException.Unless(deliveries.All(delivery => !lanes.Holds(delivery.Key)), "Nothing stays in memory.");
    }

    private static async Task HoldAsync(LaneSet lanes, Delivery delivery) =>
        lanes.Hold(await lanes.GetAsync(delivery.TenantId, delivery.Lane, CancellationToken.None), delivery);
}
