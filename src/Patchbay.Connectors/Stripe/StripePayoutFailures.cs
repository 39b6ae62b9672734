using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>What it means that a payout is refused, or fails later.</summary>
/// <remarks>Source: https://docs.stripe.com/error-codes and https://docs.stripe.com/api/payouts/failures.</remarks>
internal static class StripePayoutFailures
{
    private const FailureOutcome Rejected = FailureOutcome.Rejected;

    private static readonly ErrorCodes Refusals = new()
    {
        {
            "balance_insufficient", Rejected, FailureCause.Account,
            "The available Stripe balance in the currency does not suffice: let payments become available or top it up, then try again."
        },
        { "payouts_not_allowed", Rejected, FailureCause.Account, "Payouts are disabled for the Stripe account: its dashboard says why." },
        { "payouts_limit_exceeded", Rejected, FailureCause.Account, "The Stripe account's limit for payouts is reached." },
    };

    private static readonly ErrorCodes Failures = new()
    {
        { "account_closed", "The bank account is closed." },
        { "account_frozen", "The bank account is frozen." },
        { "bank_account_restricted", "The bank account takes no payouts, or only some kinds: ask its bank." },
        { "bank_ownership_changed", "The bank account does not belong to the company any more." },
        { "could_not_process", "The bank could not process the payout." },
        { "debit_not_authorized", "The bank account may not be debited, which a negative balance needs: ask its bank." },
        { "declined", "The bank declined the payout: ask it why." },
        { "incorrect_account_holder_name", "The bank knows the account's holder under another name than is entered at Stripe." },
        { "insufficient_funds", "The Stripe balance, or for a negative one the bank account, does not suffice." },
        { "invalid_account_number", "The routing number is right, the account number is not." },
        { "invalid_currency", "The bank account does not take the currency." },
        { "no_account", "The bank knows no such account." },
        { "unsupported_card", "The card's bank takes no payouts to it." },
    };

    /// <summary>Another integration may pay there.</summary>
    public static readonly ProviderFailure NotADestination = ProviderFailure.Rejected(
        FailureCause.Account, "destination_not_supported",
        "Stripe pays out to a bank account or a debit card that is entered at Stripe for the account: give its id (ba_... or card_...) as "
            + "a provider_reference.");

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var failure = Refusals.Refine(StripeFailures.Classify(reply));
        return Refusals.Find(failure.Code) is { } known ? failure with { Message = known.Text } : failure;
    }

    public static ProviderFailure NotRepresentable(Money amount) => ProviderFailure.Rejected(
        FailureCause.Request, "amount_not_representable",
        $"Stripe cannot pay out {amount}: see https://docs.stripe.com/currencies for the decimals it takes in {amount.Currency}.");

    /// <summary>What a failed payout's code means; null for one that is not known.</summary>
    public static string? Explain(string? code) => Failures.Find(code)?.Text;
}
