using Patchbay.Hub.Payments;
using Patchbay.Integrations.Costs;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>What a payment brought for an invoice.</summary>
/// <param name="Amount">What was taken. Decimal strings in major units of <c>currency</c>.</param>
/// <param name="Returned">What refunds gave back of it, and lost disputes took.</param>
/// <param name="At">When the hub heard that it was taken.</param>
/// <param name="Fees">What the provider charged for it; empty as long as it does not tell.</param>
public sealed record PaymentRecordView(
    PaymentId PaymentId, string Amount, string Returned, string Currency, DateTimeOffset At, IReadOnlyList<CostView> Fees)
{
    public static PaymentRecordView Of(PaymentRecord record, IEnumerable<Cost> fees) => new(
        record.PaymentId, record.Amount.ToAmountString(), (record.Amount with { MinorUnits = record.Returned }).ToAmountString(),
        record.Amount.Currency.Code, record.At, [.. fees.Select(CostView.Of)]);
}
