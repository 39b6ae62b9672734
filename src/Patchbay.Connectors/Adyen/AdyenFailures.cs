using System.Net;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Adyen;

/// <summary>What Adyen's refusals mean.</summary>
/// <remarks>
/// Source: https://docs.adyen.com/development-resources/response-handling. A code that is not here counts by its status. 409 (704,
/// unconfirmed) says that the first request of a key is under way or done: no proof that nothing happened, so it is repeated under the
/// same key.
/// </remarks>
internal static class AdyenFailures
{
    private const string WrongKey = "enter an API key of the Customer Area that belongs to the integration's mode.";

    private static readonly ErrorCodes Codes = new()
    {
        { "010", AccountRestricted, "give the API key the role for this in the Customer Area, or have Adyen enable it." },   // unconfirmed
        { "901", InvalidCredentials, "enter the merchant account as the Customer Area calls it; the API key needs access to it." },
        { "905", AccountRestricted, "enable a payment method for this currency and country on the merchant account." },
    };

    public static readonly ProviderFailure NoLivePrefix = ProviderFailure.Rejected(
        Authentication, "live_url_prefix_missing",
        "In live mode Adyen gives each company a host of its own: enter live_url_prefix (live Customer Area > Developers > API URLs).");

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, AdyenJson.Default.AdyenError);
        var failure = Codes.Refine(HttpFailures.Classify(reply, error?.ErrorCode, error?.Message ?? error?.Detail ?? error?.Title));
        var advice = reply.Status == HttpStatusCode.Unauthorized ? WrongKey : Codes.Find(error?.ErrorCode)?.Text;
        var message = advice is null ? failure.Message : $"{failure.Message}: {advice}";
        // Adyen's support asks for the reference.
        return failure with { Message = error?.PspReference is { } reference ? $"{message} (pspReference {reference})" : message };
    }

    public static ProviderFailure NotRepresentable(Money amount) => ProviderFailure.Rejected(
        Request, "amount_not_representable",
        $"Adyen cannot be asked for {amount}: see https://docs.adyen.com/development-resources/currency-codes for the decimals that "
            + $"{amount.Currency} has there. Those of IDR and ISK are unconfirmed, and are not taken.");

    /// <summary>Nothing was sent; the webhook with the id may be on its way.</summary>
    public static ProviderFailure NotIdentified(string payment) => new(
        Transient, Account, "authorisation_not_told",
        $"Adyen tells its id of {payment} by the webhook AUTHORISATION alone, which has not come: check the webhook in the Customer Area.")
    {
        NothingHappened = true,
    };

    public static ProviderFailure NoLink(string payment) => ProviderFailure.Rejected(
        Request, "payment_link_unknown", $"The payment link of {payment} is not known, and Adyen can be asked by nothing else.");
}
