using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Customers;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Alerts;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>Writes invoices, with the audit entry, the event, and the customer's credit.</summary>
public sealed class InvoiceChanges(CustomerChanges customers, EventLog events)
{
    /// <summary>The invoice that a name means, and its customer.</summary>
    public static void Need(LedgerNeeds needs, ExternalNameKey name) => ExternalNames.Need<InvoiceId, InvoiceKey, Invoice>(
        needs, name, InvoiceTable.Instance, id => new InvoiceKey(name.Tenant, id), NeedCustomer);

    public static Invoice? Find(LedgerRows rows, ExternalNameKey name) => ExternalNames.Find<InvoiceId, InvoiceKey, Invoice>(
        rows, name, InvoiceTable.Instance, id => new InvoiceKey(name.Tenant, id));

    public static void NeedCustomer(LedgerNeeds needs, Invoice? invoice)
    {
        if (invoice?.Customer is { } customer)
            needs.Row(CustomerRecordTable.Instance, customer);
    }

    /// <param name="before">Null for a new one.</param>
    /// <param name="after">Whatever the clock makes of it is added.</param>
    /// <returns>As it is written.</returns>
    public Invoice Write(
        LedgerRows rows, Invoice? before, Invoice after, string actor, string action, object detail, DateTimeOffset now)
    {
        after = after.At(now) with { UpdatedAt = now };
        if (before is null)
            rows.Insert(InvoiceTable.Instance, after);
        else
            rows.Update(InvoiceTable.Instance, after);
        AuditLog.Write(rows, after.TenantId, actor, "invoice." + action, after.Id.ToString(), detail, now);
        if (before is null)
            Publish(rows, after, InvoiceEvents.Created, now);
        if ((before is null ? InvoiceEvents.Of(Unsent(after), after) : InvoiceEvents.Of(before, after)) is var told
            && (before is not null || told != InvoiceEvents.Updated))
            Publish(rows, after, told, now);
        var credited = before?.CustomerId == after.CustomerId ? before?.Excess ?? 0 : 0;
        Credit(rows, after, after.InMinorUnits(after.Excess - credited), actor, now);
        return after;
    }

    private void Credit(LedgerRows rows, Invoice invoice, Money credit, string actor, DateTimeOffset now)
    {
        if (credit.MinorUnits == 0)
            return;
        if (invoice.Customer is { } key && rows.Find(CustomerRecordTable.Instance, key) is { } customer)
        {
            customers.Write(
                rows, customer, customer.Credited(credit, now), actor, "credit",
                new { invoice = invoice.Id, amount = credit.ToAmountString(), currency = credit.Currency.Code }, now);
        }

        if (credit.MinorUnits > 0 && (invoice.Stage == InvoiceStage.Void || invoice.Customer is null))
        {
            events.Publish(rows, invoice.TenantId, Alert.Raised, invoice.Id.ToString(), new Alert(
                "invoice_overpaid",
                $"{credit} came in that invoice {invoice.ExternalId} does not claim"
                + (invoice.Customer is null ? ", and it names no customer to be credited" : ": it is void, and the customer was credited")
                + ". Refund it, or set it off.", invoice.Id.ToString()), now);
        }
    }

    private static Invoice Unsent(Invoice invoice) => invoice with { Stage = InvoiceStage.Draft, Paid = 0, IsOverdue = false };

    private void Publish(LedgerRows rows, Invoice invoice, EventType type, DateTimeOffset now) =>
        events.Publish(rows, invoice.TenantId, type, invoice.Id.ToString(), InvoiceView.Of(invoice), now);
}
