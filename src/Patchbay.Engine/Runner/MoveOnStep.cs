using Patchbay.Connectors.Contracts;

namespace Patchbay.Engine;

/// <summary>
/// Instead of an attempt, when a lane cannot call: the delivery expired, moves to a fallback, or goes back until it can be called.
/// </summary>
internal sealed class MoveOnStep(
    IReadOnlyDictionary<string, IDeliveryHandler> handlers, ClaimStep claim, PrepareStep prepare, RecordStep record, TimeProvider time)
{
    /// <summary>The delivery on its next lane, still leased here; null when it is out of this node's hands.</summary>
    /// <param name="settings">Of the lane that cannot call it.</param>
    public async Task<Delivery?> MoveOnAsync(Delivery delivery, LaneSettings settings, bool breakerOpen)
    {
        var node = delivery.LeasedBy!.Value;
        var now = time.GetUtcNow();
        if (!handlers.TryGetValue(delivery.Capability, out var handler))
        {
            await claim.HandBackAsync([delivery], node, now + PrepareStep.PauseUnprepared);
            return null;
        }

        if (After(delivery, settings, handler.MovesMoney, now) is not { } step)
        {
            await claim.HandBackAsync([delivery], node, now);
            return null;
        }

        if (step is DeliveryStep.Exhaust { Reason: ExhaustReason.Unresolved } && delivery.Status != DeliveryStatus.Failed)
        {
            if (await prepare.PrepareAsync(delivery, node, CancellationToken.None) is not { } prepared)
                return null;
            step = DeliveryPolicy.Unresolved(prepared.Call.Safety, now);
        }

        var code = breakerOpen ? "breaker_open" : settings.ClosedBecause ?? "expired";
        var why = ProviderFailure.Rejected(FailureCause.Provider, code, $"Not called: {code}.");
        var recorded = await record.RecordAsync(
            new Recording(delivery, delivery, step, handler, now) { Failure = why, Report = new CallReport(null, why, []) });
        return recorded?.LeasedBy == node ? recorded : null;
    }

    /// <summary>
    /// Null: it waits in the database. Money in doubt goes nowhere else: it is looked up, or given up for a person to find out.
    /// </summary>
    private static DeliveryStep? After(Delivery delivery, LaneSettings settings, bool movesMoney, DateTimeOffset now)
    {
        var unresolved = delivery.InDoubt && movesMoney;
        if (delivery.ExpiresAt <= now)
            return new DeliveryStep.Exhaust(unresolved ? ExhaustReason.Unresolved : ExhaustReason.Expired);
        return delivery.Fallbacks.Count > 0 && settings.MayFallBack && !unresolved ? new DeliveryStep.FallBack() : null;
    }
}
