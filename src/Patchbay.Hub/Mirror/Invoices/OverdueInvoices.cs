using Patchbay.Platform.Audit;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>Tells of invoices that were not paid in time. Two nodes may try: only one tells.</summary>
public sealed class OverdueInvoices(Database database, Ledger ledger, InvoiceChanges changes, TimeProvider time)
{
    private readonly DueRows<InvoiceKey, Invoice> _due = new(InvoiceTable.Instance, "overdue_at", database, time);

    public Task RunAsync(CancellationToken cancellationToken) => _due.EachAsync(
        (invoice, stop) => ledger.CommitAsync(new LookAtTheClock(invoice.Key, changes, time.GetUtcNow()), stop), cancellationToken);

    private sealed class LookAtTheClock(InvoiceKey key, InvoiceChanges changes, DateTimeOffset now) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(
            AuditHeadTable.Instance, key.Tenant,
            (more, _) => more.Row(InvoiceTable.Instance, key, InvoiceChanges.NeedCustomer));

        public override bool Decide(LedgerRows rows)
        {
            if (rows.Find(InvoiceTable.Instance, key) is not { } invoice || invoice.At(now) == invoice)
                return false;
            changes.Write(rows, invoice, invoice, AuditLog.System, "overdue", new { due = invoice.DueAt }, now);
            return true;
        }
    }
}
