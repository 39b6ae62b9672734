using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>What Stripe's refusals mean.</summary>
/// <remarks>Source: https://docs.stripe.com/api/errors; the retry header as in stripe-dotnet's SystemNetHttpClient.</remarks>
internal static class StripeFailures
{
    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, StripeJson.Default.StripeErrorBody)?.Error;
        var failure = HttpFailures.Classify(reply, Code(error), error?.Message);
        failure = ((int)reply.Status, error?.Type) switch
        {
            // 402 is the paying person's bank saying no, not the account being out of credit.
            (402, _) => failure with { Cause = FailureCause.Recipient },
            // The key was used before with other parameters: whatever was done then, was done.
            (400, "idempotency_error") => failure with { NothingHappened = false },
            // An external dependency of Stripe failed.
            (424, _) => failure with { Outcome = FailureOutcome.Transient, Cause = FailureCause.Provider, NothingHappened = false },
            _ => failure,
        };
        return ObeyShouldRetry(reply, failure);
    }

    /// <summary>The most telling code: why a bank declined, else the error's code, else its type.</summary>
    public static string? Code(StripeError? error) => error?.DeclineCode ?? error?.Code ?? error?.Type;

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
