using Microsoft.Extensions.Logging;

namespace Patchbay.Engine;

/// <summary>What lanes begin and what comes back to them: calls, and moves to another lane, each in a task of its own.</summary>
internal sealed partial class LaneCalls(
    LaneSet lanes, HeldDeliveries held, CallSlots slots, DeliveryRunner runner, LaneWarnings warnings, TimeProvider time,
    ILogger<LaneSet> logger) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _moves;

    /// <summary>Calls, or moves to another lane, on their way.</summary>
    public bool AreRunning => slots.Taken > 0 || Volatile.Read(ref _moves) > 0;

    /// <summary>Gives up waiting for the answers of calls on their way.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    /// <summary>Begins a call; false when this node has no capacity left: then the lane has the delivery back, and is fed later.</summary>
    public bool TryStart(Lane lane, Delivery delivery)
    {
        if (slots.TryTake(lane) is { } slot)
        {
            _ = Task.Run(() => RunAsync(slot, delivery));
            return true;
        }

        lane.PutBack(delivery);
        slots.Wait(lane);
        return false;
    }

    /// <summary>Takes a delivery on that its lane cannot call.</summary>
    public void MoveOn(Lane lane, Delivery delivery)
    {
        Interlocked.Increment(ref _moves);
        _ = Task.Run(() => MoveOnAsync(lane, delivery));
    }

    private async Task RunAsync(CallSlot slot, Delivery delivery)
    {
        var lane = slot.Lane;
        var end = AttemptEnd.NotMade;
        try
        {
            end = await runner.AttemptAsync(delivery, slot.Clock, _stop.Token);
            if (end.Moved is not null)
                await ContinueAsync(end.Moved);
        }
        catch (Exception exception)
        {
            LogAttemptFailed(exception, delivery.Id);
        }
        finally
        {
            held.LetGo(delivery);
            if (end.Took is { } took)
                lane.Took(took);
            slots.Release(slot);
            if (lane.Ended(end.DestinationFailed, end.Pause))
                warnings.Tell(lane.Id, end.Refused ? end.Pause : null);   // silence may be this node's own
        }
    }

    private async Task MoveOnAsync(Lane lane, Delivery delivery)
    {
        try
        {
            if (await runner.MoveOnAsync(delivery, lane.Settings, lane.BreakerIsOpen) is { } moved)
                await ContinueAsync(moved);
        }
        catch (Exception exception)
        {
            LogAttemptFailed(exception, delivery.Id);
        }
        finally
        {
            held.LetGo(delivery);
            Interlocked.Decrement(ref _moves);
        }
    }

    /// <summary>On its next lane, as far as that has room.</summary>
    private async Task ContinueAsync(Delivery moved)
    {
        var lane = await lanes.GetAsync(moved.TenantId, moved.Lane, CancellationToken.None);
        if (slots.AreOpen && lane.TakesMoved(moved))
            lanes.Hold(lane, moved);
        else
            await runner.HandBackAsync([moved], moved.LeasedBy!.Value, time.GetUtcNow());
    }

    public void Dispose() => _stop.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "{Delivery} failed unexpectedly; it is taken up again soon")]
    private partial void LogAttemptFailed(Exception exception, DeliveryId delivery);
}
