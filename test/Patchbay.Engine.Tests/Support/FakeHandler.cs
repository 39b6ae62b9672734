using System.Collections.Concurrent;
using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Engine.Tests.Support;

/// <summary>A feature and its provider in one: answers as the script says, and remembers what it was asked.</summary>
internal sealed class FakeHandler : IDeliveryHandler
{
    public const string Name = "test";

    private readonly ConcurrentDictionary<DeliveryId, int> _calls = new();
    private readonly ConcurrentDictionary<DeliveryId, int> _lookUps = new();
    private readonly ConcurrentQueue<Delivery> _order = new();
    private int _running;
    private int _mostAtOnce;

    public string Capability { get; init; } = Name;

    public bool MovesMoney => Rules.MovesMoney;

    public DeliveryRules Rules { get; set; } = new(4, TimeSpan.FromHours(1), TimeSpan.FromSeconds(10), 2, MovesMoney: false);

    public RepeatSafety Safety { get; set; } = RepeatSafety.Safe;

    /// <summary>What a call comes to: null when it goes well. The number of the call begins with 1.</summary>
    public Func<Delivery, int, CancellationToken, Task<ProviderFailure?>> OnCall { get; set; } =
        (_, _, _) => Task.FromResult<ProviderFailure?>(null);

    /// <summary>What comes with a failed call: the destination asks not to be called for so long.</summary>
    public TimeSpan? Pause { get; set; }

    /// <summary>What is reported of a call that goes well.</summary>
    public CallReport OnSuccess { get; set; } = Found;

    /// <summary>What a look-up finds.</summary>
    public Func<Delivery, int, CallReport> OnLookUp { get; set; } = (_, _) => Found;

    public Func<Delivery, CancellationToken, Task> OnPrepare { get; set; } = (_, _) => Task.CompletedTask;

    public Action<StepTaken> OnApply { get; set; } = _ => { };

    public static CallReport Found { get; } = new("answer", null, []);

    public static CallReport NotFound { get; } = new(null, null, []);

    public IReadOnlyList<Delivery> Called => _order.ToArray();

    public int TotalCalls => _order.Count;

    public int MostAtOnce => _mostAtOnce;

    public int CallsOf(Delivery delivery) => _calls.GetValueOrDefault(delivery.Id);

    public int LookUpsOf(Delivery delivery) => _lookUps.GetValueOrDefault(delivery.Id);

    public void Answer(params ProviderFailure?[] inTurn) =>
        OnCall = (_, number, _) => Task.FromResult(number <= inTurn.Length ? inTurn[number - 1] : null);

    public async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        await OnPrepare(delivery, cancellationToken);
        if (delivery.Payload.Length == 0)
            throw new InvalidOperationException("A delivery came without its payload.");
        return new Call(this, delivery);
    }

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
    }

    public void Apply(LedgerRows rows, StepTaken step) => OnApply(step);

    private async Task<CallReport> CallAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        _order.Enqueue(delivery);
        var number = _calls.AddOrUpdate(delivery.Id, 1, (_, count) => count + 1);
        var running = Interlocked.Increment(ref _running);
        for (var most = _mostAtOnce; running > most; most = _mostAtOnce)
            Interlocked.CompareExchange(ref _mostAtOnce, running, most);
        try
        {
            return await OnCall(delivery, number, cancellationToken).WaitAsync(cancellationToken) is { } failure
                ? new CallReport(null, failure, []) { Pause = Pause }
                : OnSuccess;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private sealed class Call(FakeHandler handler, Delivery delivery) : IPreparedCall
    {
        public DeliveryRules Rules => handler.Rules;

        public RepeatSafety Safety => handler.Safety;

        public Task<CallReport> CallAsync(CancellationToken cancellationToken) => handler.CallAsync(delivery, cancellationToken);

        public Task<CallReport> LookUpAsync(CancellationToken cancellationToken) =>
            Task.FromResult(handler.OnLookUp(delivery, handler._lookUps.AddOrUpdate(delivery.Id, 1, (_, count) => count + 1)));
    }
}
