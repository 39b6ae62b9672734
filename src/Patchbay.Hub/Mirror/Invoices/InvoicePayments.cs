using Patchbay.Hub.Mirror.Names;
using Patchbay.Hub.Payments;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>
/// Counts what is paid for invoices, in the transaction that changes the payment. A payment counts for the invoice that was mirrored when
/// it was taken; what was given back counts no more.
/// </summary>
public sealed class InvoicePayments(InvoiceChanges changes) : IPaymentListener
{
    public void Need(LedgerNeeds needs, Payment? payment)
    {
        if (payment?.InvoiceId is not { } invoice)
            return;
        InvoiceChanges.Need(needs, NameOf(payment, invoice));
        needs.Row(PaymentRecordTable.Instance, payment.Key);
    }

    public void NeedNew(LedgerNeeds needs, Payment payment)
    {
        if (payment.InvoiceId is { } invoice)
            InvoiceChanges.Need(needs, NameOf(payment, invoice));
    }

    public Error? Refuse(LedgerRows rows, Payment payment)
    {
        if (payment.InvoiceId is not { } text)
            return null;
        var invoice = InvoiceChanges.Find(rows, NameOf(payment, text));
        if (invoice is null)
        {
            return InvoiceId.TryParse(text, null, out _)
                ? Error.Invalid("invoice_id", "is no invoice that is mirrored here") : null;
        }

        return invoice.Mode != payment.Mode ? Error.Invalid("invoice_id", $"is an invoice in {invoice.Mode.ToWord()} mode")
            : invoice.Total.Currency != payment.Amount.Currency
                ? Error.Invalid("currency", $"must be {invoice.Total.Currency.Code}, as the invoice's is")
            : null;
    }

    public void Apply(LedgerRows rows, Payment before, Payment after, DateTimeOffset now)
    {
        if ((before.Taken, before.Returned) == (after.Taken, after.Returned) || after.InvoiceId is not { } text
            || InvoiceChanges.Find(rows, NameOf(after, text)) is not { } invoice
            || invoice.Mode != after.Mode || invoice.Total.Currency != after.Amount.Currency)
            return;
        var known = rows.Find(PaymentRecordTable.Instance, after.Key);
        if (known is null && before.Taken > 0)
            return;   // taken before the invoice was mirrored
        var record = (known ?? new PaymentRecord
        {
            TenantId = after.TenantId, PaymentId = after.Id, InvoiceId = invoice.Id, At = now, Amount = after.InMinorUnits(0), Returned = 0,
            UpdatedAt = now,
        }) with { Amount = after.InMinorUnits(after.Taken), Returned = after.Returned, UpdatedAt = now };
        if (known is null)
            rows.Insert(PaymentRecordTable.Instance, record);
        else
            rows.Update(PaymentRecordTable.Instance, record);
        var paid = after.Taken - after.Returned - (known is null ? 0 : known.Amount.MinorUnits - known.Returned);
        if (paid != 0)
        {
            changes.Write(
                rows, invoice, invoice with { Paid = invoice.Paid + paid }, AuditLog.System, paid > 0 ? "pay" : "unpay",
                new { payment = after.Id, amount = after.InMinorUnits(paid).ToAmountString() }, now);
        }
    }

    private static ExternalNameKey NameOf(Payment payment, string invoice) =>
        new(payment.TenantId, payment.Mode, MirrorKind.Invoice, invoice);
}
