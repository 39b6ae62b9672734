namespace Patchbay.Engine;

/// <summary>Instead of an attempt: somebody asked to cancel a delivery that this node has but does not call.</summary>
internal sealed class CancelStep(IReadOnlyDictionary<string, IDeliveryHandler> handlers, RecordStep record, TimeProvider time)
{
    /// <param name="delivery">Leased here, and not in doubt.</param>
    public Task CancelAsync(Delivery delivery)
    {
        var now = time.GetUtcNow();
        var handler = handlers.GetValueOrDefault(delivery.Capability);   // null: not known to this version; the subject stays as it is
        return record.CommitAsync(
            new RecordWork(delivery, delivery, delivery.LeasedBy!.Value, before => before.Cancel(now), null, null, null, handler, now),
            delivery.Id);
    }
}
