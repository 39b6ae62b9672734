using System.Globalization;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Mollie;

/// <summary>What Mollie's refusals mean. It has no codes: the status, and the field that is at fault, stand for one.</summary>
/// <remarks>
/// Source: https://docs.mollie.com/reference/handling-errors. 409 tells of a second refund like one just made: whether that was this one,
/// the list of refunds says.
/// </remarks>
internal static class MollieFailures
{
    /// <summary>The faults that are not the request's own, so that another provider may do it.</summary>
    private static readonly ErrorCodes Codes = new()
    {
        { "422.webhookUrl", AccountRestricted, "Set Patchbay:PublicUrl to an address that Mollie reaches over the internet." },
        { "422.profileId", AccountRestricted, "Enter the profile_id of the profile that takes the payments." },
        { "422.method", AccountRestricted, "Enable a payment method for this currency and amount on the profile." },
        { "422.captureMode", AccountRestricted, "Enable cards on the profile: they can be captured later." },
    };

    /// <summary>Why a payment failed.</summary>
    /// <remarks>
    /// Source: https://docs.mollie.com/docs/status-reasons and, for cards, https://docs.mollie.com/reference/get-payment; the lists grow.
    /// </remarks>
    public static readonly ErrorCodes Declines = new()
    {
        { "authentication_abandoned", Abandoned, "The customer did not finish 3-D Secure." },
        { "authentication_failed", AuthenticationRequired, "The customer did not pass 3-D Secure." },
        { "authentication_required", AuthenticationRequired, "The bank wants the customer to authenticate the payment." },
        { "authentication_unavailable_acs", ProviderUnavailable, "The bank's 3-D Secure could not be reached." },
        { "card_declined", CardDeclined, "The bank declined the card." },
        { "card_expired", ExpiredCard, "The card has expired." },
        { "declined", CardDeclined, "The customer's bank declined." },
        { "failed", CardDeclined, "The payment failed; Mollie does not say why." },
        { "inactive_card", CardDeclined, "The card is not active." },
        { "insufficient_funds", InsufficientFunds, "The account has not enough money." },
        { "invalid_card_holder_name", InvalidCard, "The holder's name is wrong." },
        { "invalid_card_number", InvalidCard, "The card's number is wrong." },
        { "invalid_card_type", MethodNotSupported, "The card is of a kind that does not work here." },
        { "invalid_cvv", InvalidCard, "The card's security code is wrong." },
        { "possible_fraud", FraudSuspected, "It is taken for fraud." },
        { "refused_by_issuer", CardDeclined, "The customer's bank declined." },
        { "unknown_reason", CardDeclined, "The payment failed; the bank does not say why." },
    };

    public static readonly ProviderFailure NoReturnUrl = ProviderFailure.Rejected(
        Request, "return_url_required", "Mollie takes payments on its own page: send return_url, where the customer goes afterwards.");

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, MollieJson.Default.MollieError);
        var code = error?.Field is { Length: > 0 } field
            ? ((int)reply.Status).ToString(CultureInfo.InvariantCulture) + "." + field
            : null;
        var failure = Codes.Refine(HttpFailures.Classify(reply, code, error?.Detail ?? error?.Title));
        return Codes.Find(code) is { } known ? failure with { Message = $"{failure.Message} {known.Text}" } : failure;
    }

    public static ProviderFailure NotCancelable(string payment) => ProviderFailure.Rejected(
        Request, "not_cancelable", $"Mollie lets nobody cancel the open payment {payment}: it ends when its page expires.");

    public static ProviderFailure CaptureFailed(string payment) => ProviderFailure.Rejected(
        CardDeclined, "capture_failed", $"The capture of {payment} failed at the customer's bank.");
}
