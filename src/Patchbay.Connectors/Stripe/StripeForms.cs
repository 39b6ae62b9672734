using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>The form bodies of Stripe's POSTs. Nested fields are written <c>a[b][c]</c>.</summary>
internal static class StripeForms
{
    /// <summary>The metadata that carries the hub's id.</summary>
    public const string Reference = "reference";

    /// <summary>Metadata values are cut there. https://docs.stripe.com/api/metadata</summary>
    private const int MaxMetadata = 500;

    private static readonly string[] RefundReasons = ["duplicate", "fraudulent", "requested_by_customer"];

    /// <summary>
    /// A hosted payment page. <c>ui_mode</c> is left out: hosted is its default, and the word for it changed between versions.
    /// </summary>
    public static FormBody Session(PaymentRequest request, long amount, Uri returnUrl) => new()
    {
        { "mode", "payment" },
        // Not escaped further: Stripe fills a literal {CHECKOUT_SESSION_ID}. https://docs.stripe.com/payments/checkout/custom-success-page
        { "success_url", returnUrl.OriginalString },
        { "cancel_url", (request.CancelUrl ?? returnUrl).OriginalString },
        { "client_reference_id", request.PaymentId },
        { "customer_email", request.Customer?.Email },
        { "line_items[0][quantity]", 1 },
        { "line_items[0][price_data][currency]", WireCode(request.Amount.Currency) },
        { "line_items[0][price_data][unit_amount]", amount },
        { "line_items[0][price_data][product_data][name]", Description(request) },
        { "payment_intent_data[capture_method]", CaptureWord(request.Capture) },
        { "payment_intent_data[description]", Description(request) },
        // The session's metadata is not handed on to its intent, whose events are the ones that count: both carry it.
        { "payment_intent_data[metadata][reference]", request.PaymentId },
        { "payment_intent_data[metadata][merchant_reference]", Metadata(request.Reference) },
        { "metadata[reference]", request.PaymentId },
        { "metadata[merchant_reference]", Metadata(request.Reference) },
    };

    /// <summary>A payment without a page of Stripe's: as it is, for Stripe.js in the caller's own.</summary>
    public static FormBody Intent(PaymentRequest request, long amount) => new()
    {
        { "amount", amount },
        { "currency", WireCode(request.Amount.Currency) },
        { "automatic_payment_methods[enabled]", "true" },
        { "capture_method", CaptureWord(request.Capture) },
        { "description", Description(request) },
        { "receipt_email", request.Customer?.Email },
        { "metadata[reference]", request.PaymentId },
        { "metadata[merchant_reference]", Metadata(request.Reference) },
    };

    /// <summary>A payment by what the customer has saved, confirmed at once.</summary>
    public static FormBody Charge(PaymentRequest request, long amount, SavedMethod method)
    {
        var form = Intent(request, amount);
        form.Add("confirm", "true");
        form.Add("payment_method", method.Token);
        form.Add("customer", method.Customer);
        form.Add("return_url", request.ReturnUrl?.OriginalString);
        if (request.ReturnUrl is null)
        {
            // Nobody is there to be sent anywhere. https://docs.stripe.com/api/payment_intents/create
            form.Add("off_session", "true");
            form.Add("automatic_payment_methods[allow_redirects]", "never");
        }

        return form;
    }

    public static FormBody Capture(long amount) => new() { { "amount_to_capture", amount } };

    public static FormBody Refund(RefundRequest request, string intent, long amount)
    {
        // Stripe takes three words as a reason and refuses any other. https://docs.stripe.com/api/refunds/create
        var isStripeWord = RefundReasons.Contains(request.Reason);
        return new()
        {
            { "payment_intent", intent },
            { "amount", amount },
            { "reason", isStripeWord ? request.Reason : null },
            { "metadata[reference]", request.RefundId },
            { "metadata[reason]", isStripeWord ? null : Metadata(request.Reason) },
            { "expand[]", StripeFees.Expanded },
        };
    }

    /// <param name="destination">A bank account or debit card of the Stripe account.</param>
    public static FormBody Payout(PayoutRequest request, long amount, string destination) => new()
    {
        { "amount", amount },
        { "currency", WireCode(request.Amount.Currency) },
        { "destination", destination },
        { "description", request.Reference },
        { "metadata[reference]", request.PayoutId },
        { "metadata[merchant_reference]", Metadata(request.Reference) },
    };

    private static string Description(PaymentRequest request) =>
        string.IsNullOrEmpty(request.Description) ? request.Reference : request.Description;

    private static string WireCode(Currency currency) => currency.Code.ToLowerInvariant();

    private static string CaptureWord(CaptureMethod capture) => capture == CaptureMethod.Manual ? "manual" : "automatic";

    private static string? Metadata(string? value) => value?.UpTo(MaxMetadata);
}
