using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Customers;

/// <summary>Writes customers, with the audit entry and the event.</summary>
public sealed class CustomerChanges(EventLog events)
{
    /// <param name="before">Null for a new one.</param>
    /// <param name="detail">For the audit, which keeps no personal data.</param>
    public void Write(
        LedgerRows rows, CustomerRecord? before, CustomerRecord after, string actor, string action, object detail, DateTimeOffset now)
    {
        if (before is null)
            rows.Insert(CustomerRecordTable.Instance, after);
        else
            rows.Update(CustomerRecordTable.Instance, after);
        AuditLog.Write(rows, after.TenantId, actor, "customer." + action, after.Id.ToString(), detail, now);
        events.Publish(
            rows, after.TenantId, before is null ? CustomerEvents.Created : CustomerEvents.Updated, after.Id.ToString(),
            CustomerView.Of(after), now);
    }
}
