using System.Text;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>What refusals of the payouts API mean.</summary>
/// <remarks>Source: https://developer.paypal.com/docs/api/payments.payouts-batch/v1/#errors; the names are partly unconfirmed.</remarks>
internal static partial class PayPalPayoutFailures
{
    private const FailureOutcome Rejected = FailureOutcome.Rejected;

    private static readonly ErrorCodes Known = new()
    {
        { "INSUFFICIENT_FUNDS", Rejected, FailureCause.Account, "The PayPal balance does not suffice: top it up, then try again." },
        { "SENDER_RESTRICTED", Rejected, FailureCause.Account, "The PayPal account is restricted: PayPal tells in its resolution center." },
        { "SENDER_EMAIL_UNCONFIRMED", Rejected, FailureCause.Account, "Confirm the e-mail address of the PayPal account." },
        { "AUTHORIZATION_ERROR", Rejected, FailureCause.Account, "The app may not pay out: have PayPal enable Payouts for it." },
        { "NOT_AUTHORIZED", Rejected, FailureCause.Account, "The app may not pay out: have PayPal enable Payouts for it." },
        { "PERMISSION_DENIED", Rejected, FailureCause.Account, "The app may not pay out: have PayPal enable Payouts for it." },
        { "NON_HOLDING_CURRENCY", Rejected, FailureCause.Account, "The PayPal account holds no balance in the currency: open one." },
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
