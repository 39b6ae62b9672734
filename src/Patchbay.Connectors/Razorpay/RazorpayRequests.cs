using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Razorpay;

/// <summary>What comes back with the object; at most 256 characters each.</summary>
/// <param name="Reference">The hub's id.</param>
/// <param name="MerchantReference">The caller's own.</param>
internal sealed record RazorpayNotes(string Reference, string? MerchantReference = null, string? Reason = null);

/// <summary>Null is left out.</summary>
internal sealed record RazorpayCustomer(string? Name, string? Email, string? Contact);

/// <summary>Whether Razorpay itself writes to the customer.</summary>
internal sealed record RazorpayNotify(bool Sms, bool Email);

/// <summary>https://razorpay.com/docs/api/payments/payment-links/create-standard/</summary>
internal sealed record RazorpayLinkRequest(
    long Amount, string Currency, string ReferenceId, string Description, RazorpayCustomer? Customer, RazorpayNotify Notify,
    bool ReminderEnable, RazorpayNotes Notes, string CallbackUrl, string CallbackMethod);

/// <summary>https://razorpay.com/docs/api/orders/create/</summary>
/// <param name="PaymentCapture">False: only reserved. Null: as the account is set, which usually is at once.</param>
internal sealed record RazorpayOrderRequest(long Amount, string Currency, string Receipt, RazorpayNotes Notes, bool? PaymentCapture);

/// <summary>https://razorpay.com/docs/api/payments/capture/</summary>
internal sealed record RazorpayCaptureRequest(long Amount, string Currency);

/// <summary>https://razorpay.com/docs/api/refunds/create-normal/; a field that Razorpay does not know is refused.</summary>
internal sealed record RazorpayRefundRequest(long Amount, string Receipt, RazorpayNotes Notes);

internal sealed record RazorpayNothing;

/// <summary>The bodies of Razorpay's POSTs. References are the hub's ids, of 30 characters: 40 fit.</summary>
internal static class RazorpayRequests
{
    private const int MaxDescription = 2048;
    private const int MaxNote = 256;

    /// <summary>Paid in full only, and nobody is written to: the link is opened by who asked for it.</summary>
    public static RazorpayLinkRequest Link(PaymentRequest request, long amount, Uri returnUrl) => new(
        amount,
        request.Amount.Currency.Code,
        request.PaymentId,
        (string.IsNullOrEmpty(request.Description) ? request.Reference : request.Description).UpTo(MaxDescription),
        request.Customer is { } customer ? new RazorpayCustomer(customer.Name, customer.Email, customer.Phone) : null,
        new RazorpayNotify(Sms: false, Email: false),
        ReminderEnable: false,
        Notes(request),
        returnUrl.OriginalString,
        "get");

    public static RazorpayOrderRequest Order(PaymentRequest request, long amount) => new(
        amount, request.Amount.Currency.Code, request.PaymentId, Notes(request),
        request.Capture == CaptureMethod.Manual ? false : null);

    public static RazorpayRefundRequest Refund(RefundRequest request, long amount) =>
        new(amount, request.RefundId, new RazorpayNotes(request.RefundId, Reason: request.Reason?.UpTo(MaxNote)));

    private static RazorpayNotes Notes(PaymentRequest request) => new(request.PaymentId, request.Reference.UpTo(MaxNote));
}
