using System.Text;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.PayPal;

/// <summary>What refusals of the payouts API mean.</summary>
/// <remarks>Source: https://developer.paypal.com/docs/api/payments.payouts-batch/v1/#errors; the names are partly unconfirmed.</remarks>
internal static partial class PayPalPayoutFailures
{
    private static readonly ErrorCodes Known = new()
    {
        { "INSUFFICIENT_FUNDS", InsufficientBalance, "The PayPal balance does not suffice: top it up, then try again." },
        { "SENDER_RESTRICTED", AccountRestricted, "The PayPal account is restricted: PayPal tells in its resolution center." },
        { "SENDER_EMAIL_UNCONFIRMED", AccountRestricted, "Confirm the e-mail address of the PayPal account." },
        { "AUTHORIZATION_ERROR", AccountRestricted, "The app may not pay out: have PayPal enable Payouts for it." },
        { "NOT_AUTHORIZED", AccountRestricted, "The app may not pay out: have PayPal enable Payouts for it." },
        { "PERMISSION_DENIED", AccountRestricted, "The app may not pay out: have PayPal enable Payouts for it." },
        { "NON_HOLDING_CURRENCY", AccountRestricted, "The PayPal account holds no balance in the currency: open one." },
    };

    /// <summary>Why a payout failed or came back; the status where PayPal gives no error.</summary>
    /// <remarks>Source: https://developer.paypal.com/docs/payouts/standard/reference/errors/; the names are partly unconfirmed.</remarks>
    public static readonly ErrorCodes Declines = new()
    {
        { "FAILED", Other, "The payout failed; PayPal does not say why." },
        { "BLOCKED", AccountRestricted, "PayPal blocked the payout: its support tells why." },
        { "DENIED", AccountRestricted, "PayPal denied the payout: the balance may not suffice." },
        { "RECEIVER_UNREGISTERED", InvalidDestination, "The receiver has no PayPal account, and has 30 days to open one." },
        { "RECEIVER_UNCONFIRMED", InvalidDestination, "The receiver's e-mail address or phone number is not confirmed at PayPal." },
        { "RECEIVER_ACCOUNT_LOCKED", InvalidDestination, "The receiver's account is locked." },
        { "RECEIVER_YOUTH_ACCOUNT", InvalidDestination, "The receiver's account is a youth account." },
        { "RECEIVER_COUNTRY_NOT_ALLOWED", InvalidDestination, "PayPal does not pay to the receiver's country." },
        { "RECEIVER_STATE_RESTRICTED", InvalidDestination, "PayPal does not pay to the receiver's state." },
        { "RECEIVER_REFUSED", InvalidDestination, "The receiver refused the money." },
        { "RECEIVING_LIMIT_EXCEEDED", LimitExceeded, "The receiver's account is over its limit." },
        { "RISK_DECLINE", FraudSuspected, "PayPal takes it for a risk." },
        { "REGULATORY_BLOCKED", AccountRestricted, "PayPal may not pay this out by law." },
        { "REGULATORY_PENDING", AccountRestricted, "PayPal looks at it, as the law demands." },
        { "SELF_PAY_NOT_ALLOWED", InvalidDestination, "The receiver is the PayPal account itself." },
        { "TRANSACTION_LIMIT_EXCEEDED", LimitExceeded, "Above what PayPal pays out at once." },
        { "UNDEFINED", Other, "PayPal's support tells why." },
    };

    /// <summary>Another provider may pay there.</summary>
    public static readonly ProviderFailure NotADestination = ProviderFailure.Rejected(
        FailureCause.Account, "destination_not_supported",
        "PayPal pays to a wallet whose account is an e-mail address or a phone number such as +4915112345678, or to a provider_reference "
            + "that is the receiver's PayPal account ID; of at most 127 characters.");

    /// <summary>The error's name is the code. One that says that the batch was sent before leaves open what became of it.</summary>
    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, PayPalPayoutJson.Default.PayPalPayoutError);
        var issue = error?.Details is [var first, ..] ? $"{first.Field} {first.Issue}".Trim() : null;
        var message = Known.Find(error?.Name)?.Text ?? (string.IsNullOrEmpty(issue) ? error?.Message : issue);
        var failure = Known.Refine(HttpFailures.Classify(
            reply, error?.Name, error?.DebugId is { } id ? $"{message} (debug id {id})" : message));
        return SaysSentBefore(error) ? InDoubt(failure) : failure;
    }

    /// <summary>The id of the batch that was sent before; null when the refusal says something else, or does not tell the id.</summary>
    public static string? EarlierBatch(ProviderReply refusal) =>
        SaysSentBefore(ProviderHttp.TryRead(refusal, PayPalPayoutJson.Default.PayPalPayoutError))
        && BatchLink().Match(Encoding.UTF8.GetString(refusal.Body.Span)) is { Success: true } link
            ? link.Groups[1].Value : null;

    /// <summary>PayPal's own word that it has no such batch; not that of something on the way.</summary>
    public static bool IsUnknownBatch(ProviderFailure failure) =>
        failure is { HttpStatus: 404, Code: "INVALID_RESOURCE_ID" or "RESOURCE_NOT_FOUND" };

    public static ProviderFailure InDoubt(ProviderFailure failure) =>
        failure with { Outcome = FailureOutcome.Unknown, NothingHappened = false };

    private static bool SaysSentBefore(PayPalPayoutError? error) => error is { Name: "USER_BUSINESS_ERROR" or "DUPLICATE_REQUEST_ID" }
        || error?.Details?.Any(detail => string.Equals(detail.Field, "sender_batch_id", StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>Wherever in the refusal it stands: that is unconfirmed.</summary>
    [GeneratedRegex("/v1/payments/payouts/([A-Za-z0-9]{1,30})\\b")]
    private static partial Regex BatchLink();
}
