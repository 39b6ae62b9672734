using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Invoices;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Calls;

namespace Patchbay.Hub.PaymentGateways;

/// <summary>What the customer is to pay, and how.</summary>
/// <param name="PaymentIntentId">The gateway's id; null until it has answered: ask again, or follow the payment.</param>
/// <param name="ClientSecret">For the gateway's script in the caller's page; null where the customer is sent to its page.</param>
/// <param name="RedirectUrl">The gateway's page; null where there is none.</param>
/// <param name="NextAction">All of what the customer has to do; null when nothing.</param>
public sealed record IntentView(
    string? PaymentIntentId, PaymentId PaymentId, PaymentStatus Status, string Amount, string Currency, string InvoiceId,
    string? ClientSecret, string? PublishableKey, Uri? RedirectUrl, NextActionView? NextAction)
{
    public static IntentView Of(PaymentView payment) => new(
        payment.ProviderReference, payment.Id, payment.Status, payment.Amount, payment.Currency, payment.InvoiceId!,
        payment.NextAction?.ClientSecret, payment.NextAction?.PublishableKey,
        payment.NextAction is { Type: "redirect" } redirect ? redirect.Url : null, payment.NextAction);
}

/// <summary>How a payment for an invoice stands.</summary>
/// <param name="InvoiceStatus">Null when the invoice is not mirrored.</param>
/// <param name="InvoiceDue">What is still owed; null when the invoice is not mirrored.</param>
/// <param name="FailureReason">Why it failed, in a word that is the same for all gateways; null unless it failed.</param>
/// <param name="FailureCode">The same in the gateway's, or the hub's, word.</param>
public sealed record ConfirmView(
    string? PaymentIntentId, PaymentId PaymentId, PaymentStatus Status, string Amount, string Currency, string InvoiceId,
    InvoiceStatus? InvoiceStatus, string? InvoiceDue, FailureReason? FailureReason, string? FailureCode)
{
    public static ConfirmView Of(PaymentView payment, Invoice? invoice) => new(
        payment.ProviderReference, payment.Id, payment.Status, payment.Amount, payment.Currency, payment.InvoiceId!, invoice?.Status,
        invoice is null ? null : InvoiceView.Of(invoice).Due, payment.FailureReason, payment.FailureCode);
}
