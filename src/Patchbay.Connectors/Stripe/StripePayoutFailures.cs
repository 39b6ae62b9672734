using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Stripe;

/// <summary>What it means that a payout is refused, or fails later.</summary>
/// <remarks>Source: https://docs.stripe.com/error-codes and https://docs.stripe.com/api/payouts/failures.</remarks>
internal static class StripePayoutFailures
{
    private static readonly ErrorCodes Refusals = new()
    {
        {
            "balance_insufficient", InsufficientBalance,
            "The available Stripe balance in the currency does not suffice: let payments become available or top it up, then try again."
        },
        { "payouts_not_allowed", AccountRestricted, "Payouts are disabled for the Stripe account: its dashboard says why." },
        { "payouts_limit_exceeded", AccountRestricted, "The Stripe account's limit for payouts is reached." },
    };

    private static readonly ErrorCodes Failures = new()
    {
        { "account_closed", InvalidDestination, "The bank account is closed." },
        { "account_frozen", InvalidDestination, "The bank account is frozen." },
        { "bank_account_restricted", InvalidDestination, "The bank account takes no payouts, or only some kinds: ask its bank." },
        { "bank_ownership_changed", InvalidDestination, "The bank account does not belong to the company any more." },
        { "could_not_process", ProviderUnavailable, "The bank could not process the payout." },
        { "debit_not_authorized", AccountRestricted, "The bank does not let Stripe debit the account, as a negative balance needs." },
        { "declined", InvalidDestination, "The bank declined the payout: ask it why." },
        { "incorrect_account_holder_name", InvalidDestination, "The bank knows the account's holder under another name." },
        { "insufficient_funds", InsufficientBalance, "The Stripe balance, or for a negative one the bank account, does not suffice." },
        { "invalid_account_number", InvalidDestination, "The routing number is right, the account number is not." },
        { "invalid_currency", MethodNotSupported, "The bank account does not take the currency." },
        { "no_account", InvalidDestination, "The bank knows no such account." },
        { "unsupported_card", MethodNotSupported, "The card's bank takes no payouts to it." },
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

    public static FailureDetail Explain(StripePayout failed) =>
        failed.FailureCode is not { } code ? new FailureDetail("failed", failed.FailureMessage, FailureReason.Other)
        : Failures.Find(code) is null ? Failures.Explain(code, failed.FailureMessage) : Failures.Explain(code);
}
