using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.CoyoteTests;

/// <summary>A feature, its provider and the settings of its destinations in one: every call goes well, and never two at once.</summary>
internal sealed class Shop : IDeliveryHandler, IPreparedCall, IDestinations
{
    public const string Name = "test";

    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _expected;
    private int _calls;
    private int _running;
    private int _applied;

    public static IdGenerator Ids { get; } = new(TimeProvider.System);

    public static NodeOptions Options { get; } = new() { MaxCalls = 1, MaxSlowCalls = 1 };

    public int Calls => _calls;

    public string Capability => Name;

    public bool MovesMoney => false;

    public DeliveryRules Rules { get; } = new(4, TimeSpan.FromHours(1), TimeSpan.FromSeconds(10), 2, MovesMoney: false);

    public RepeatSafety Safety => RepeatSafety.Never;

    public event Func<TenantId, Task>? Changed
    {
        add { }
        remove { }
    }

    public static IReadOnlyList<Delivery> Deliveries(NodeId node, DateTimeOffset now)
    {
        var lanes = new[] { new LaneId(Ids.NewGuid()), new LaneId(Ids.NewGuid()) };
        return [.. Enumerable.Range(0, 4).Select(i => new Delivery
        {
            TenantId = Ids.New<TenantId>(), Id = Ids.New<DeliveryId>(), Capability = Name, Lane = lanes[i % 2], SubjectId = Ids.NewGuid(),
            LeasedBy = node, CreatedAt = now, UpdatedAt = now, ExpiresAt = now + TimeSpan.FromHours(1),
        })];
    }

    public Task WaitForAllAsync(int expected)
    {
        _expected = expected;
        return _all.Task;
    }

    public Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken) => Task.FromResult<IPreparedCall>(this);

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
    }

    public void Apply(LedgerRows rows, StepTaken step)
    {
        if (Interlocked.Increment(ref _applied) == _expected)
            _all.TrySetResult();
    }

    public async Task<CallReport> CallAsync(CancellationToken cancellationToken)
    {
        BrokenPromiseException.Unless(Interlocked.Increment(ref _running) == 1, "A node with one slot makes one call at a time.");
        Interlocked.Increment(ref _calls);
        await Task.Yield();
        Interlocked.Decrement(ref _running);
        return new CallReport("done", null, []);
    }

    public Task<CallReport> LookUpAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<LaneSettings> FindAsync(TenantId tenant, LaneId lane, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new LaneSettings(1_000_000, 2));
}
