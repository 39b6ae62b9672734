using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Hub.Payments;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>That a payment was taken for an invoice: one for each payment, written with the payment's own change.</summary>
[LedgerTable("payment_records")]
public sealed partial record PaymentRecord
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required PaymentId PaymentId { get; init; }

    [Fixed] public required InvoiceId InvoiceId { get; init; }

    /// <summary>When the hub heard that it was taken.</summary>
    [Fixed] public required DateTimeOffset At { get; init; }

    [Column("amount", "currency")] public required Money Amount { get; init; }

    /// <summary>In minor units: what refunds gave back and lost disputes took.</summary>
    public required long Returned { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public PaymentKey Key => new(TenantId, PaymentId);
}
