namespace Patchbay.Engine;

/// <summary>
/// First step, and asked again before the call: whether this node may act on what it leased. Else it gives the delivery back.
/// </summary>
internal sealed class ClaimStep(PatientLedger ledger, Membership membership, TimeProvider time)
{
    private static readonly TimeSpan PauseUnconfirmed = TimeSpan.FromMilliseconds(100);

    /// <summary>When false, it was handed back, or others have it by now; whoever has it will call.</summary>
    public async ValueTask<bool> MayCallAsync(Delivery delivery, NodeId node, CancellationToken stopping)
    {
        if (await IsMineAsync(node, stopping))
            return true;
        if (membership.Self == node)
            await HandBackAsync([delivery], node, time.GetUtcNow());
        return false;
    }

    /// <summary>
    /// Gives leased deliveries back to the database, for any node to claim from a moment on. Returns how many were still leased.
    /// </summary>
    /// <param name="deliveries">At least one.</param>
    public Task<int> HandBackAsync(IReadOnlyList<Delivery> deliveries, NodeId node, DateTimeOffset dueAt) =>
        ledger.CommitAsync(new HandBack(deliveries, node, dueAt), deliveries[0].Id);

    /// <summary>
    /// While the node cannot reach the database it waits: either it is confirmed again and goes on, or it was declared dead and others have
    /// the delivery. False also when it stops meanwhile.
    /// </summary>
    private async ValueTask<bool> IsMineAsync(NodeId node, CancellationToken stopping)
    {
        while (membership.Self == node && !stopping.IsCancellationRequested)
        {
            if (membership.IsConfirmed)
                return true;
            await Task.Delay(PauseUnconfirmed, time, CancellationToken.None);
        }

        return false;
    }
}
