namespace Patchbay.Engine;

/// <summary>Cancels what this node holds and somebody, perhaps on another node, wants canceled.</summary>
internal sealed class CancelRequests(DueDeliveries due, DeliveryRunner runner, LaneSet lanes, Membership membership)
{
    public async Task CarryOutAsync(CancellationToken cancellationToken)
    {
        foreach (var delivery in await due.CancelRequestsAsync(membership.Self, cancellationToken))
        {
            if (!delivery.InDoubt && lanes.TryTakeOut(delivery))   // in doubt it may have been carried out: that has to be found out first
                await runner.CancelAsync(delivery);
        }
    }
}
