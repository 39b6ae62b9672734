using Microsoft.Extensions.Logging.Abstractions;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Support;

/// <summary>
/// One node with its ledger and its engine. On a clock that stands still it neither polls nor says that it lives: what it does then, it
/// does from memory.
/// </summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private TestNode(Database database, TimeProvider time, FakeDestinations destinations, FakeHandler handler, NodeOptions options)
    {
        Database = database;
        Time = time;
        Destinations = destinations;
        Handler = handler;
        Ledger = new Ledger(database, time);
        Membership = new Membership(database, ADelivery.Ids, options, time);
        Engine = new DeliveryEngine(
            database, Ledger, Membership, destinations, [handler], options, time, () => 0.5, NullLoggerFactory.Instance);
    }

    public Database Database { get; }

    public TimeProvider Time { get; }

    public FakeDestinations Destinations { get; }

    public FakeHandler Handler { get; }

    public Ledger Ledger { get; }

    public Membership Membership { get; }

    public DeliveryEngine Engine { get; }

    public static async Task<TestNode> StartAsync(
        Database database, TimeProvider time, FakeHandler? handler = null, FakeDestinations? destinations = null,
        Action<NodeOptions>? configure = null)
    {
        var options = new NodeOptions
        {
            Poll = TimeSpan.FromMilliseconds(20), Heartbeat = TimeSpan.FromMilliseconds(200), Timeout = TimeSpan.FromSeconds(30),
            StopTimeout = TimeSpan.Zero,
        };
        configure?.Invoke(options);
        var node = new TestNode(database, time, destinations ?? new FakeDestinations(), handler ?? new FakeHandler(), options);
        await node.Engine.StartAsync(TestContext.Current.CancellationToken);
        return node;
    }

    /// <summary>As an endpoint does it: place, commit, start.</summary>
    public async Task<Delivery> AcceptAsync(Delivery delivery)
    {
        var placed = await InsertAsync(await Engine.PlaceAsync(delivery, _ct));
        Engine.Start(placed);
        return placed;
    }

    public async Task<Delivery> InsertAsync(Delivery delivery)
    {
        await Ledger.CommitAsync(new InsertDelivery(delivery), _ct);
        return delivery;
    }

    public async Task<Delivery> ReadAsync(Delivery delivery) =>
        await Database.FindAsync("SELECT * FROM deliveries WHERE id = @Id", new { delivery.Id }, DeliveryTable.Instance.ReadWhole, _ct)
        ?? throw new InvalidOperationException("Not there.");

    public Task<IReadOnlyList<Attempt>> AttemptsAsync(Delivery delivery) =>
        Database.QueryAsync(
            "SELECT * FROM attempts WHERE delivery_id = @Id ORDER BY number", new { delivery.Id }, AttemptTable.Instance.Read, _ct);

    public async Task<int> CountAsync(DeliveryStatus status) =>
        (await Database.QueryAsync(
            "SELECT count(*) AS n FROM deliveries WHERE status = @word", new { word = status.ToWord() }, row => row.Int("n"), _ct))[0];

    /// <summary>For each warning that nodes have told of destinations, whether a pause was asked for.</summary>
    public Task<IReadOnlyList<bool>> WarningsAsync() =>
        Database.QueryAsync("SELECT asked FROM lane_warnings LIMIT 10", new { }, row => row.Flag("asked"), _ct);

    /// <summary>Waits, letting time pass where it does not pass by itself, until the delivery is as wanted.</summary>
    public async Task<Delivery> BecomesAsync(Delivery delivery, Func<Delivery, bool> condition)
    {
        var last = delivery;
        await UntilAsync(async () => condition(last = await ReadAsync(delivery)));
        return last;
    }

    public Task<Delivery> BecomesAsync(Delivery delivery, DeliveryStatus status) =>
        BecomesAsync(delivery, current => current.Status == status);

    public Task UntilAsync(Func<Task<bool>> condition) => Time is ManualTime manual
        ? manual.AdvanceUntilAsync(condition, TimeSpan.FromMilliseconds(100), _ct)
        : Eventually.BecomesAsync(condition, TimeSpan.FromSeconds(60), _ct);

    /// <summary>The engine stops for good; the database stays.</summary>
    public async ValueTask DisposeAsync()
    {
        var stopping = Engine.DisposeAsync().AsTask();
        while (!stopping.IsCompleted)
        {
            (Time as ManualTime)?.Advance(TimeSpan.FromSeconds(1));   // it waits on its own clock
            await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None));
        }

        await stopping;
        await Ledger.DisposeAsync();
    }

    private sealed class InsertDelivery(Delivery delivery) : LedgerWork<bool>
    {
        public override bool Decide(LedgerRows rows)
        {
            rows.Insert(DeliveryTable.Instance, delivery);
            return true;
        }
    }
}
