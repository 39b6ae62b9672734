using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Payments;

/// <summary>A payment as the API shows it. Amounts are decimal strings in major units of <c>currency</c>.</summary>
/// <param name="Captured">What was really taken.</param>
/// <param name="Refunded">What was given back, also outside the hub.</param>
/// <param name="Disputed">What open chargebacks hold; inquiries hold nothing. All disputes: <c>/payments/{id}/disputes</c>.</param>
/// <param name="ChargedBack">What lost disputes took.</param>
/// <param name="NextAction">What the customer has to do; null when nothing.</param>
/// <param name="FailureReason">Why it failed, in a word that is the same for all providers; null unless it failed.</param>
/// <param name="FailureCode">The same in the provider's, or the hub's, word.</param>
/// <param name="LastFailure">The customer's last try that was declined; null when none was. Stays when a later one succeeds.</param>
public sealed record PaymentView(
    PaymentId Id, IntegrationMode Mode, PaymentStatus Status, string Amount, string Currency, string Captured, string Refunded,
    string Disputed, string ChargedBack, string Reference, string? Description, string? InvoiceId, Customer? Customer, string? Country,
    CaptureMethod Capture, IntegrationId IntegrationId, string? ProviderReference, NextActionView? NextAction,
    FailureReason? FailureReason, string? FailureCode, string? FailureMessage, PaymentFailureView? LastFailure,
    IReadOnlyDictionary<string, string> Metadata, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>For lists and events, which leave a document to be framed to those who read the payment itself.</summary>
    public static PaymentView Brief(Payment payment)
    {
        var view = From(payment);
        return view.NextAction?.Html is null ? view : view with { NextAction = view.NextAction with { Html = null } };
    }

    public static PaymentView From(Payment payment)
    {
        var details = JsonSerializer.Deserialize<PaymentDetails>(payment.Details, HubJson.Stored)!;
        return new PaymentView(
            payment.Id, payment.Mode, payment.Status, payment.Amount.ToAmountString(), payment.Amount.Currency.Code,
            payment.InMinorUnits(payment.Facts.Captured).ToAmountString(), payment.InMinorUnits(payment.Refunded).ToAmountString(),
            payment.InMinorUnits(payment.Disputed).ToAmountString(), payment.InMinorUnits(payment.ChargedBack).ToAmountString(),
            payment.Reference, details.Description, payment.InvoiceId, details.Customer, details.Country, payment.Capture,
            payment.IntegrationId, payment.ProviderReference,
            payment.Facts.IsSettled || payment.NextAction is null
                ? null : JsonSerializer.Deserialize<NextActionView>(payment.NextAction, HubJson.Stored),
            payment.FailureReason, payment.FailureCode, payment.FailureMessage,
            PaymentFailureView.Of(payment),
            details.Metadata, payment.CreatedAt, payment.UpdatedAt);
    }
}

/// <summary>A try of the customer that was declined.</summary>
/// <param name="Reason">A word that is the same for all providers.</param>
/// <param name="Code">The provider's word.</param>
public sealed record PaymentFailureView(FailureReason Reason, string Code, string? Message, DateTimeOffset At)
{
    public static PaymentFailureView? Of(Payment payment) => payment.LastFailureAt is { } at
        ? new PaymentFailureView(
            payment.LastFailureReason ?? FailureReason.Other, payment.LastFailureCode!, payment.LastFailureMessage, at) : null;
}

/// <summary>A refund as the API shows it.</summary>
public sealed record RefundView(
    RefundId Id, PaymentId PaymentId, IntegrationMode Mode, RefundStatus Status, string Amount, string Currency, string? Reason,
    string? ProviderReference, FailureReason? FailureReason, string? FailureCode, string? FailureMessage, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static RefundView From(Refund refund) => new(
        refund.Id, refund.PaymentId, refund.Mode, refund.Status, refund.Amount.ToAmountString(), refund.Amount.Currency.Code, refund.Reason,
        refund.ProviderReference, refund.FailureReason, refund.FailureCode, refund.FailureMessage, refund.CreatedAt, refund.UpdatedAt);
}
