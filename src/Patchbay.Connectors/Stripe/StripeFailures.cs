using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>What Stripe's refusals mean.</summary>
/// <remarks>Source: https://docs.stripe.com/api/errors; the retry header as in stripe-dotnet's SystemNetHttpClient.</remarks>
internal static class StripeFailures
{
    /// <summary>That are not about a card.</summary>
    private static readonly ErrorCodes Codes = new()
    {
        { "amount_too_large", FailureReason.LimitExceeded, "Above what Stripe, or the payment method, takes." },
        { "amount_too_small", FailureReason.InvalidRequest, "Below the least that Stripe takes in the currency." },
        { "api_key_expired", FailureReason.InvalidCredentials, "The API key has expired: enter a new one." },
        { "charge_already_refunded", FailureReason.InvalidRequest, "All of it is refunded already." },
        { "charge_disputed", FailureReason.InvalidRequest, "A disputed payment cannot be refunded: answer the dispute in the dashboard." },
        { "lock_timeout", FailureReason.ProviderUnavailable, "Another request works on the same thing." },
        { "parameter_invalid_empty", FailureReason.InvalidRequest, "A value is missing." },
        { "parameter_missing", FailureReason.InvalidRequest, "A value is missing." },
        { "payment_intent_unexpected_state", FailureReason.InvalidRequest, "The payment is not in a state in which this can be done." },
        { "rate_limit", FailureReason.RateLimited, "Too many requests at once." },
        { "refund_disputed_payment", FailureReason.InvalidRequest, "A disputed payment cannot be refunded." },
        { "resource_missing", FailureReason.InvalidRequest, "Stripe knows no such thing under this key." },
        { "secret_key_required", FailureReason.InvalidCredentials, "The key is a publishable one: enter the secret key." },
        { "api_error" },
        { "card_error" },
        { "idempotency_error" },
        { "invalid_request_error" },
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, StripeJson.Default.StripeErrorBody)?.Error;
        var failure = Codes.Refine(HttpFailures.Classify(reply, Code(error), error?.Message));
        failure = ((int)reply.Status, error?.Type) switch
        {
            // 402 is the paying person's bank saying no, not the account being out of credit.
            (402, _) => StripeDeclines.Codes.Refine(failure) with
            {
                Cause = FailureCause.Recipient,
            },
            // The key was used before with other parameters: whatever was done then, was done.
            (400, "idempotency_error") => failure with { NothingHappened = false },
            // An external dependency of Stripe failed.
            (424, _) => failure with { Outcome = FailureOutcome.Transient, Cause = FailureCause.Provider, NothingHappened = false },
            _ => failure,
        };
        return ObeyShouldRetry(reply, failure);
    }

    /// <summary>Null without a code, which a try that failed always has.</summary>
    public static FailureDetail? Explain(StripeError? error) =>
        Code(error) is { } code ? StripeDeclines.Codes.Explain(code, error?.Message) : null;

    /// <summary>The most telling code: why a bank declined, else the error's code, else its type.</summary>
    private static string? Code(StripeError? error) => error?.DeclineCode ?? error?.Code ?? error?.Type;

    public static ProviderFailure NotRepresentable(Money amount) => ProviderFailure.Rejected(
        FailureCause.Request,
        "amount_not_representable",
        $"Stripe cannot charge {amount}: see https://docs.stripe.com/currencies for the decimals it takes in {amount.Currency}.");

    public static ProviderFailure NoIntentYet(string session) => ProviderFailure.Rejected(
        FailureCause.Request, "not_paid_yet", $"The Checkout session {session} has no payment yet.");

    // Stripe knows better than the status whether a repeat can help. https://docs.stripe.com/error-low-level
    private static ProviderFailure ObeyShouldRetry(ProviderReply reply, ProviderFailure failure)
    {
        if (!reply.Headers.TryGetValues("Stripe-Should-Retry", out var values))
            return failure;
        return values.FirstOrDefault() switch
        {
            "true" => failure with { Outcome = FailureOutcome.Transient },
            "false" => failure with { Outcome = FailureOutcome.Rejected },
            _ => failure,
        };
    }
}
