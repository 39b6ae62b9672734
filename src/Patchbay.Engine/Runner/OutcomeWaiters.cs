using System.Collections.Concurrent;

namespace Patchbay.Engine;

/// <summary>Callers that wait for the outcome of a delivery on this node: its end, or that it is left to a person.</summary>
public sealed class OutcomeWaiters
{
    private readonly ConcurrentDictionary<DeliveryKey, TaskCompletionSource> _waiting = new();

    /// <summary>Must be called before the delivery is started. Ends with the outcome, or when the time is over.</summary>
    public async Task WaitAsync(DeliveryKey key, Action start, TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        var outcome = _waiting.GetOrAdd(key, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            start();
            await outcome.Task.WaitAsync(time, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The caller gets the delivery as it is then.
        }
        finally
        {
            _waiting.TryRemove(key, out _);
        }
    }

    internal void Recorded(Delivery delivery)
    {
        var isOutcome = delivery.IsFinished || delivery is { Status: DeliveryStatus.Failed, DueAt: null, LeasedBy: null };
        if (isOutcome && _waiting.TryGetValue(delivery.Key, out var outcome))
            outcome.TrySetResult();
    }
}
