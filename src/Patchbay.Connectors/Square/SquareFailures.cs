using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Square;

/// <summary>What Square's refusals mean: by the first error's code, else by its category, else by the status.</summary>
/// <remarks>Source: https://developer.squareup.com/docs/build-basics/general-considerations/handling-errors.</remarks>
internal static class SquareFailures
{
    private static readonly ErrorCodes Codes = new()
    {
        { "UNAUTHORIZED", InvalidCredentials, "Enter an access token of the world that the integration's mode names." },
        { "ACCESS_TOKEN_EXPIRED", InvalidCredentials, "Enter a new access token; a personal one does not expire." },
        { "ACCESS_TOKEN_REVOKED", InvalidCredentials, "Enter a new access token." },
        { "INSUFFICIENT_SCOPES", InvalidCredentials, "The access token may not do this: give it payments, orders and locations." },
        { "FORBIDDEN", AccountRestricted, "The account may not do this." },
        { "AMOUNT_TOO_HIGH", LimitExceeded, "Above what Square, or the card, takes." },
        { "INSUFFICIENT_PERMISSIONS_FOR_REFUND", AccountRestricted, "The account may not refund this." },
        { "REFUND_AMOUNT_INVALID", InvalidRequest, "More than is left of the payment." },
        { "REFUND_DECLINED", InvalidDestination, "The customer's bank declined the refund." },
        { "NOT_FOUND", InvalidRequest, "Square knows no such thing under this access token." },
    };

    /// <summary>Why a customer's try, or a refund, failed; also of requests whose category is that of payment methods.</summary>
    /// <remarks>Source: https://developer.squareup.com/docs/payments-api/error-codes.</remarks>
    public static readonly ErrorCodes Declines = new()
    {
        { "ADDRESS_VERIFICATION_FAILURE", InvalidCard, "The card's postal code is wrong." },
        { "ALLOWABLE_PIN_TRIES_EXCEEDED", LimitExceeded, "The PIN was entered wrong too often." },
        { "CARD_DECLINED", CardDeclined, "The bank declined the card." },
        { "CARD_DECLINED_CALL_ISSUER", CardDeclined, "The bank declined: the customer may ask it why." },
        { "CARD_DECLINED_VERIFICATION_REQUIRED", AuthenticationRequired, "The bank wants the customer to authenticate the payment." },
        { "CARD_EXPIRED", ExpiredCard, "The card has expired." },
        { "CARD_NOT_SUPPORTED", MethodNotSupported, "The card does not work here, or for this kind of purchase." },
        { "CARDHOLDER_INSUFFICIENT_PERMISSIONS", CardDeclined, "The card may not be used for this." },
        { "CVV_FAILURE", InvalidCard, "The card's security code was wrong." },
        { "EXPIRATION_FAILURE", InvalidCard, "The card's expiration date is wrong." },
        { "FAILED", CardDeclined, "The bank declined and said no more." },
        { "GENERIC_DECLINE", CardDeclined, "The bank declined." },
        { "INSUFFICIENT_FUNDS", InsufficientFunds, "The account has not enough money." },
        { "INVALID_ACCOUNT", InvalidCard, "The bank does not know the account." },
        { "INVALID_CARD", InvalidCard, "The card is not valid." },
        { "INVALID_EXPIRATION", InvalidCard, "The card's expiration date is wrong." },
        { "INVALID_PIN", AuthenticationRequired, "The PIN is wrong." },
        { "PAN_FAILURE", InvalidCard, "The card's number is wrong." },
        { "PAYMENT_LIMIT_EXCEEDED", AccountRestricted, "The account's limit for payments is reached." },
        { "REJECTED", InvalidDestination, "The refund was rejected." },
        { "TEMPORARY_ERROR", ProviderUnavailable, "The bank failed for now: try again." },
        { "TRANSACTION_LIMIT", LimitExceeded, "Above what the card allows." },
        { "VOICE_FAILURE", CardDeclined, "The bank wants to be called." },
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, SquareJson.Default.SquareErrors)?.Errors is [var first, ..] ? first : null;
        var failure = HttpFailures.Classify(reply, error?.Code, error?.Detail ?? TextOf(error));
        return (failure.HttpStatus, error) switch
        {
            // The key stands for another request (400, unconfirmed), which the hub never makes: what is true, a person has to find out.
            (_, { Code: "IDEMPOTENCY_KEY_REUSED" }) => failure with { Outcome = Unknown, Cause = Provider, NothingHappened = false },
            ( < 500, { Category: "PAYMENT_METHOD_ERROR" }) => Declines.Refine(failure) with { Cause = Recipient },
            _ => Codes.Refine(failure),
        };
    }

    /// <summary>For an operator; null for a code that is not known.</summary>
    private static string? TextOf(SquareError? error) => (Declines.Find(error?.Code) ?? Codes.Find(error?.Code))?.Text;

    public static ProviderFailure NoSuchLocation(string location) => ProviderFailure.Rejected(
        Authentication, "location_unknown",
        $"The access token's seller has no active location {location}: enter the id of one that it has.");

    /// <summary>Nothing was sent; its customer may have paid, but Square has not said so.</summary>
    public static ProviderFailure NotPaidYet(string payment) =>
        ProviderFailure.Rejected(Request, "not_paid_yet", $"The payment link of {payment} has no payment yet.");

    public static ProviderFailure NotStarted(string payment) => ProviderFailure.Rejected(
        Request, "payment_link_unknown", $"The payment link of {payment} is not known, and Square can be asked by nothing else.");
}
