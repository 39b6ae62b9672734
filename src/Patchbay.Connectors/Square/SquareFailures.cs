using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;

namespace Patchbay.Connectors.Square;

/// <summary>What Square's refusals mean: by the first error's code, else by its category, else by the status.</summary>
/// <remarks>Source: https://developer.squareup.com/docs/build-basics/general-considerations/handling-errors.</remarks>
internal static class SquareFailures
{
    private static readonly ErrorCodes Codes = new()
    {
        { "UNAUTHORIZED", Rejected, Authentication, "Enter an access token of the world that the integration's mode names." },
        { "ACCESS_TOKEN_EXPIRED", Rejected, Authentication, "Enter a new access token; a personal one does not expire." },
        { "ACCESS_TOKEN_REVOKED", Rejected, Authentication, "Enter a new access token." },
        { "INSUFFICIENT_SCOPES", Rejected, Authentication, "The access token may not do this: give it payments, orders and locations." },
        { "FORBIDDEN", Rejected, Account, "The account may not do this." },
        { "GENERIC_DECLINE", Rejected, Recipient, "The bank declined." },
        { "CARD_DECLINED", Rejected, Recipient, "The bank declined the card." },
        { "CARD_EXPIRED", Rejected, Recipient, "The card has expired." },
        { "INSUFFICIENT_FUNDS", Rejected, Recipient, "The account has not enough money." },
        { "CVV_FAILURE", Rejected, Recipient, "The card's security code was wrong." },
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, SquareJson.Default.SquareErrors)?.Errors is [var first, ..] ? first : null;
        var failure = HttpFailures.Classify(reply, error?.Code, error?.Detail ?? TextOf(error));
        return (failure.HttpStatus, error) switch
        {
            // The key stands for another request (400, unconfirmed), which the hub never makes: what is true, a person has to find out.
            (_, { Code: "IDEMPOTENCY_KEY_REUSED" }) => failure with { Outcome = Unknown, Cause = Provider, NothingHappened = false },
            ( < 500, { Category: "PAYMENT_METHOD_ERROR" }) => failure with { Cause = Recipient },
            _ => Codes.Refine(failure),
        };
    }

    /// <summary>For an operator; null for a code that is not known.</summary>
    public static string? TextOf(SquareError? error) => error?.Detail ?? Codes.Find(error?.Code)?.Text;

    public static ProviderFailure NoSuchLocation(string location) => ProviderFailure.Rejected(
        Authentication, "location_unknown",
        $"The access token's seller has no active location {location}: enter the id of one that it has.");

    /// <summary>Nothing was sent; its customer may have paid, but Square has not said so.</summary>
    public static ProviderFailure NotPaidYet(string payment) =>
        ProviderFailure.Rejected(Request, "not_paid_yet", $"The payment link of {payment} has no payment yet.");

    public static ProviderFailure NotStarted(string payment) => ProviderFailure.Rejected(
        Request, "payment_link_unknown", $"The payment link of {payment} is not known, and Square can be asked by nothing else.");
}
