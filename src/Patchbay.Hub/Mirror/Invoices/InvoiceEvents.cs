using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Platform.Events;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>What is told of invoices. The data is the invoice.</summary>
internal static class InvoiceEvents
{
    public static readonly EventType Created = Of("created", "An invoice was mirrored", InvoiceStatus.Draft);

    public static readonly EventType Sent = Of("sent", "The customer has the invoice", InvoiceStatus.Sent);

    public static readonly EventType PartiallyPaid = Of("partially_paid", "A part was paid", InvoiceStatus.PartiallyPaid, "100.00");

    public static readonly EventType Paid = Of("paid", "All of it is paid", InvoiceStatus.Paid, "240.00");

    public static readonly EventType Overdue = Of("overdue", "It was not paid in time", InvoiceStatus.Overdue);

    public static readonly EventType Voided = Of("voided", "The business system does not claim it any more", InvoiceStatus.Void);

    public static readonly EventType Updated = Of(
        "updated", "The business system says something else of it, or money was given back: see status and paid", InvoiceStatus.Sent);

    /// <summary>What a change is told as.</summary>
    public static EventType Of(Invoice before, Invoice after) => (before.Status, after.Status) switch
    {
        (not InvoiceStatus.Paid, InvoiceStatus.Paid) => Paid,
        (not InvoiceStatus.Void, InvoiceStatus.Void) => Voided,
        (_, InvoiceStatus.PartiallyPaid or InvoiceStatus.Overdue) when after.Paid > before.Paid => PartiallyPaid,
        (not InvoiceStatus.Overdue, InvoiceStatus.Overdue) => Overdue,
        (InvoiceStatus.Draft, InvoiceStatus.Sent) => Sent,
        _ => Updated,
    };

    private static EventType Of(string name, string description, InvoiceStatus status, string paid = "0.00")
    {
        var at = new DateTimeOffset(2026, 11, 21, 9, 30, 0, TimeSpan.Zero);
        var due = status == InvoiceStatus.Void || paid == "240.00" ? "0.00" : paid == "100.00" ? "140.00" : "240.00";
        return EventType.Of("invoice." + name, description, new InvoiceView(
            InvoiceId.Parse("inv_01kank5t7yec2v9w3r8m4h6d1q", null), IntegrationMode.Live, "INV-2026-118", "2026-118",
            CustomerId.Parse("cus_01kank2b5wev4t8y6h3m9d7q1r", null), status, "EUR", "240.00", paid, due,
            [new InvoiceLine("Consulting", "2", "120.00", null, null)], at.AddDays(14), null, new Dictionary<string, string>(), at, at));
    }
}
