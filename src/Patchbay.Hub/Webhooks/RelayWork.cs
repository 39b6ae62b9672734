using Patchbay.Engine;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>
/// Makes deliveries of the events up to a position and moves the endpoint there, together: so each event gives one delivery, whoever else
/// tries the same. Null when the endpoint is elsewhere by now.
/// </summary>
/// <param name="seen">As it was when the events were read.</param>
internal sealed class RelayWork(
    WebhookRelayState seen, EventId next, bool ordered, IReadOnlyList<Delivery> deliveries, DeliveryEngine engine)
    : LedgerWork<WebhookRelayState?>
{
    public override void Need(LedgerNeeds needs) => needs.Row(WebhookRelayTable.Instance, seen.Key);

    public override WebhookRelayState? Decide(LedgerRows rows)
    {
        if (rows.Find(WebhookRelayTable.Instance, seen.Key) is not { IsActive: true } current || current.Position != seen.Position)
            return null;
        if (ordered && deliveries.Count > 0 && current.Open is not null)
            return null;
        if (!deliveries.All(engine.StillHas))
            throw new LeaseLostException();
        foreach (var delivery in deliveries)
            rows.Insert(DeliveryTable.Instance, delivery);
        return rows.Update(
            WebhookRelayTable.Instance,
            current with { Position = next, Open = ordered && deliveries.Count > 0 ? deliveries[0].Id : current.Open });
    }
}

/// <summary>What waited for its next try was brought forward.</summary>
internal sealed class Expedited(WebhookKey key) : LedgerWork<WebhookRelayState?>
{
    public override void Need(LedgerNeeds needs) => needs.Row(WebhookRelayTable.Instance, key);

    public override WebhookRelayState? Decide(LedgerRows rows) =>
        rows.Find(WebhookRelayTable.Instance, key) is { } current
            ? rows.Update(WebhookRelayTable.Instance, current with { Expedite = false })
            : null;
}
