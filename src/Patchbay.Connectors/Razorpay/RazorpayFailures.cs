using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Razorpay;

/// <summary>What Razorpay's refusals mean: by what they say where that tells more, by the reason, else by the code.</summary>
/// <remarks>
/// Source: https://razorpay.com/docs/errors/. Nearly all are 400 with the code BAD_REQUEST_ERROR, wrong keys among them, so their sentences
/// have to be read. One that changes is no danger: what it was about counts by its status then, and money is looked up.
/// </remarks>
internal static class RazorpayFailures
{
    private const string WrongKeys = "authentication_failed";
    private const string ReferenceTaken = "reference_already_used";

    private static readonly (string Says, string Code)[] Sentences =
    [
        ("Authentication failed", WrongKeys),
        ("The api key", WrongKeys),
        ("Access Denied", "access_denied"),
        ("reference ID already attempted", ReferenceTaken),
        ("same idempotency key", "idempotency_key_reused"),
        ("enough balance", "insufficient_funds"),
    ];

    private static readonly ErrorCodes Known = new()
    {
        { WrongKeys, InvalidCredentials, "Enter a key that is active, and its secret." },
        { "access_denied", AccountRestricted, "Add the hub's IP address to those that the account allows." },
        { "insufficient_funds", InsufficientBalance, "Add funds to the account at Razorpay, then try again." },
        // What was done under the same name or key may be just this: it is looked up.
        { ReferenceTaken, InvalidRequest, Unknown, "What was made under it before is looked up." },
        { "idempotency_key_reused", InvalidRequest, Unknown, "What was done under it before is looked up." },
    };

    /// <summary>Why a customer's try, a refund or a payout failed; the code, or the state, where Razorpay gives no reason.</summary>
    /// <remarks>
    /// Source: https://razorpay.com/docs/errors/payments/ and, for payouts, https://razorpay.com/docs/x/payouts/status-details/. They grow.
    /// </remarks>
    public static readonly ErrorCodes Declines = new()
    {
        { "authentication_failed", AuthenticationRequired, "The customer did not pass 3-D Secure." },
        { "bank_account_closed", InvalidDestination, "The receiver's account is closed." },
        { "bank_account_invalid", InvalidDestination, "The bank knows no such account." },
        { "bank_technical_error", ProviderUnavailable, "The bank failed." },
        { "beneficiary_bank_failure", ProviderUnavailable, "The receiver's bank failed." },
        { "beneficiary_bank_offline", ProviderUnavailable, "The receiver's bank could not be reached." },
        { "beneficiary_bank_rejected", InvalidDestination, "The receiver's bank refused the money." },
        { "BAD_REQUEST_ERROR", CardDeclined, "The payment failed; Razorpay says no more." },
        { "beneficiary_account_dormant", InvalidDestination, "The receiver's account is dormant." },
        { "beneficiary_account_does_not_exist", InvalidDestination, "The bank knows no such account." },
        { "beneficiary_account_frozen", InvalidDestination, "The receiver's account is frozen." },
        { "beneficiary_vpa_invalid", InvalidDestination, "There is no such UPI address." },
        { "card_declined", CardDeclined, "The bank declined the card." },
        { "card_expired", ExpiredCard, "The card has expired." },
        { "card_not_enrolled", AuthenticationRequired, "The card is not enrolled for 3-D Secure." },
        { "card_number_invalid", InvalidCard, "The card's number is wrong." },
        { "card_type_invalid", MethodNotSupported, "The card is of a kind that does not work here." },
        { "debit_instrument_blocked", CardDeclined, "The card or account is blocked." },
        { "debit_instrument_inactive", CardDeclined, "The card or account is not active." },
        { "failed", Other, "It failed; Razorpay does not say why." },
        { "gateway_technical_error", ProviderUnavailable, "The gateway failed." },
        { "GATEWAY_ERROR", ProviderUnavailable, "The gateway, or the bank, failed." },
        { "incorrect_card_details", InvalidCard, "The card's details are wrong." },
        { "incorrect_card_expiry_date", InvalidCard, "The card's expiration date is wrong." },
        { "incorrect_cardholder_name", InvalidCard, "The holder's name is wrong." },
        { "incorrect_cvv", InvalidCard, "The card's security code is wrong." },
        { "incorrect_otp", AuthenticationRequired, "The one-time password is wrong." },
        { "incorrect_pin", AuthenticationRequired, "The PIN is wrong." },
        { "insufficient_funds", InsufficientFunds, "The account has not enough money." },
        { "international_transaction_not_allowed", MethodNotSupported, "Cards from abroad are not enabled." },
        { "invalid_ifsc_code", InvalidDestination, "There is no such IFSC." },
        { "invalid_vpa", InvalidCard, "There is no such UPI address." },
        { "issuer_technical_error", ProviderUnavailable, "The customer's bank failed." },
        { "otp_attempts_exceeded", LimitExceeded, "The one-time password was entered wrong too often." },
        { "otp_expired", AuthenticationRequired, "The one-time password came too late." },
        { "payment_cancelled", Abandoned, "The customer gave up." },
        { "payment_declined", CardDeclined, "The bank declined." },
        { "payment_failed", CardDeclined, "The payment failed; Razorpay says no more." },
        { "payment_risk_check_failed", FraudSuspected, "It is taken for fraud." },
        { "payment_timed_out", Abandoned, "The customer did not finish in time." },
        { "pin_attempts_exceeded", LimitExceeded, "The PIN was entered wrong too often." },
        { "refund_failed", InvalidDestination, "The refund did not arrive." },
        { "rejected", AccountRestricted, "Somebody of the merchant's rejected it." },
        { "server_error", ProviderUnavailable, "Razorpay failed." },
        { "transaction_daily_limit_exceeded", LimitExceeded, "Above what the customer's bank allows in a day." },
        { "transaction_limit_exceeded", LimitExceeded, "Above what the customer's bank allows." },
        { "user_not_eligible", MethodNotSupported, "The customer may not pay by this method." },
    };

    public static readonly ProviderFailure ReservedInOwnPageOnly = ProviderFailure.Rejected(
        Account, "manual_capture_in_own_page_only",
        "Razorpay's payment links take money at once: leave return_url out to reserve it with Checkout in your own page, or capture it "
            + "automatically.");

    public static readonly ProviderFailure PartialCapture = ProviderFailure.Rejected(
        Request, "partial_capture_not_supported", "Razorpay captures all that was reserved: capture it all, then refund the rest.");

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, RazorpayJson.Default.RazorpayErrorBody)?.Error;
        var said = Sentences.FirstOrDefault(one => error?.Description?.Contains(one.Says, StringComparison.OrdinalIgnoreCase) == true).Code;
        var code = said ?? (error?.Reason is { Length: > 0 } reason and not ("NA" or "null") ? reason : error?.Code);
        var text = error?.Field is { Length: > 0 } field ? $"{field}: {error.Description}" : error?.Description;
        var failure = Known.Refine(HttpFailures.Classify(reply, code, text));
        if (Known.Find(code) is { } known)
            failure = failure with { Message = $"{failure.Message} {known.Text}" };
        return failure.Outcome == Unknown ? InDoubt(failure) : failure;
    }

    /// <summary>It, or an earlier call of the same operation, may have been carried out.</summary>
    public static ProviderFailure InDoubt(ProviderFailure failure) => failure with { Outcome = Unknown, NothingHappened = false };

    public static bool IsReferenceTaken(ProviderFailure failure) => failure.Code == ReferenceTaken;

    public static ProviderFailure ModeMismatch(string prefix) => ProviderFailure.Rejected(
        Authentication, "mode_mismatch",
        $"This key is of the other mode than the integration. Enter the key that starts with {prefix} or make an integration of the other "
            + "mode.");

    public static ProviderFailure NotRepresentable(Money amount) => ProviderFailure.Rejected(
        Request, "amount_not_representable", $"Razorpay cannot take {amount}: the last decimal of {amount.Currency} has to be 0 there.");

    public static ProviderFailure NotPaidYet(string reference) => ProviderFailure.Rejected(
        Request, "not_paid_yet", $"Razorpay names no payment that {reference} was paid by (yet).");

    public static ProviderFailure NotCancelable(string reference) => ProviderFailure.Rejected(
        Request, "not_cancelable",
        $"Razorpay lets nobody cancel {reference}: an order stays open until it is paid, and what is reserved goes back by itself after "
            + "3 days unless it is captured.");
}
