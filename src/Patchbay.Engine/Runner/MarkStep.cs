namespace Patchbay.Engine;

/// <summary>
/// Third step: a call that must not happen twice is marked in the database before it is made. Should this node die, whoever takes over
/// knows by the mark that it may have been sent, and by its absence that it was not.
/// </summary>
internal sealed class MarkStep(PatientLedger ledger, CancelStep cancel, TimeProvider time)
{
    /// <summary>The delivery as it goes into the call; null when the lease was lost, or somebody canceled it in time.</summary>
    public ValueTask<Delivery?> MarkAsync(Delivery delivery, NodeId node, AttemptKind kind, RepeatSafety safety) =>
        kind == AttemptKind.Call && safety == RepeatSafety.Never ? MarkAsync(delivery, node) : ValueTask.FromResult<Delivery?>(delivery);

    private async ValueTask<Delivery?> MarkAsync(Delivery delivery, NodeId node)
    {
        var marked = await ledger.CommitAsync(new MarkInProgress(delivery, node, time.GetUtcNow()), delivery.Id);
        if (marked is { Status: not DeliveryStatus.InProgress })
            await cancel.CancelAsync(marked);
        return marked is { Status: DeliveryStatus.InProgress } ? marked : null;
    }
}
