using System.Globalization;
using System.Net;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Cashfree;

/// <summary>What Cashfree's refusals mean.</summary>
/// <remarks>Source: https://www.cashfree.com/docs/api-reference/payments/latest/error-codes; rate limits beside it.</remarks>
internal static class CashfreeFailures
{
    private const string NotReady =
        "The payouts keys are good, but the account is not ready: have Cashfree enable the API, and allow the hub's IP address.";

    private static readonly ErrorCodes Known = new()
    {
        { "INSUFFICIENT_BALANCE", InsufficientBalance, "Add funds to the Cashfree account, then try again." },
        { "insufficient_balance", InsufficientBalance, "Add funds to the Cashfree account, then try again." },
        { "apis_not_enabled", AccountRestricted, NotReady },
        { "request_failed" },
        { "order_not_found", InvalidRequest, "Cashfree knows no such order." },
        { "refund_not_found", InvalidRequest, "Cashfree knows no such refund." },
        { "transfer_id_not_found", InvalidRequest, "Cashfree knows no such transfer." },
    };

    /// <summary>Why a customer's try, a refund or a transfer failed; the state where Cashfree gives no code.</summary>
    /// <remarks>
    /// Source: https://www.cashfree.com/docs/payments/online/resources/error-codes and, for transfers,
    /// https://www.cashfree.com/docs/payouts/payouts/reference/transfer-statuses; the names are partly unconfirmed.
    /// </remarks>
    public static readonly ErrorCodes Declines = new()
    {
        { "FAILED", Other, "It failed; Cashfree does not say why." },
        { "USER_DROPPED", Abandoned, "The customer gave up." },
        { "CANCELLED", Abandoned, "It was cancelled." },
        { "TRANSACTION_DECLINED", CardDeclined, "The customer's bank declined." },
        { "REJECTED", AccountRestricted, "Somebody of the merchant's rejected it." },
        { "REVERSED", InvalidDestination, "The receiver's bank sent the money back." },
        { "INVALID_ACCOUNT_FAIL", InvalidDestination, "The bank knows no such account." },
        { "INVALID_IFSC_FAIL", InvalidDestination, "There is no such IFSC." },
        { "INVALID_BENE_ACCOUNT_OR_IFSC", InvalidDestination, "There is no such account or IFSC." },
        { "INVALID_BANK_ACCOUNT_NUMBER", InvalidDestination, "The bank knows no such account." },
        { "BENE_BANK_DECLINED", InvalidDestination, "The receiver's bank declined." },
        { "BENE_NAME_DIFFERS", InvalidDestination, "The bank knows the account's holder under another name." },
        { "BENEFICIARY_BANK_OFFLINE", ProviderUnavailable, "The receiver's bank could not be reached." },
        { "BANK_GATEWAY_ERROR", ProviderUnavailable, "The bank failed." },
        { "INVALID_MODE_FOR_PYID", MethodNotSupported, "The receiver's account takes no transfers of this mode." },
        { "IMPS_MODE_FAIL", MethodNotSupported, "The receiver's bank takes no IMPS transfers." },
        { "NRE_ACCOUNT_FAIL", MethodNotSupported, "The receiver's account is a non-resident's, which takes no such transfers." },
        { "ACCOUNT_BLOCKED", InvalidDestination, "The receiver's account is blocked or frozen." },
        { "INSUFFICIENT_BALANCE", InsufficientBalance, "Add funds to the Cashfree account, then try again." },
    };

    public static readonly ProviderFailure NoPhone = ProviderFailure.Rejected(
        Account, "customer_phone_required", "Cashfree wants the customer's Indian phone number: send customer.phone, as +919876543210.");

    public static readonly ProviderFailure LongReturnUrl = ProviderFailure.Rejected(
        Account, "return_url_too_long", "Cashfree takes a return_url of at most 250 characters: send a shorter one.");

    public static readonly ProviderFailure NoPayouts = ProviderFailure.Rejected(
        Account, "payout_keys_missing",
        "Payouts have keys of their own: enter payout_client_id and payout_client_secret in the integration's credentials.");

    public static readonly ProviderFailure NotADestination = ProviderFailure.Rejected(
        Account, "destination_not_supported",
        "Cashfree pays to an Indian bank_account (holder, account_number, and the 11 characters of the IFSC as routing_code), to a wallet "
            + "whose account is a UPI address such as ann@okbank and whose holder is told, or to a provider_reference that is the id of a "
            + "beneficiary at Cashfree.");

    public static readonly ProviderFailure NotInRupees =
        ProviderFailure.Rejected(Account, "currency_not_supported", "Cashfree pays out in INR only.");

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, CashfreeJson.Default.CashfreeError);
        var failure = Known.Refine(HttpFailures.Classify(reply, error?.Code, error?.Message));
        if (Known.Find(error?.Code) is { } known)
            failure = failure with { Message = $"{failure.Message} {known.Text}" };
        if (error?.Type == "authentication_error")
            failure = failure with { Cause = Authentication };
        // What has this id, or this key, may be what an earlier call made whose answer was lost: it is looked up.
        if (IsTaken(failure) || error?.Type == "idempotency_error")
            failure = failure with { Outcome = Unknown, NothingHappened = false };
        return failure with { RetryAfter = failure.RetryAfter ?? Wait(reply) };
    }

    /// <summary>As <see cref="Classify"/>; Payouts says 403 of an account that is not ready, or an address not allowed.</summary>
    public static ProviderFailure ClassifyPayout(ProviderReply reply)
    {
        var failure = Classify(reply);
        return reply.Status == HttpStatusCode.Forbidden && failure.Cause == Authentication
            && ProviderHttp.TryRead(reply, CashfreeJson.Default.CashfreeError)?.Type != "authentication_error"
            ? failure with { Cause = Account, Message = $"{failure.Message} {NotReady}" } : failure;
    }

    /// <summary>The names of these codes are partly unconfirmed; all end alike.</summary>
    public static bool IsTaken(ProviderFailure failure) => failure.Code.EndsWith("already_exists", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of a look-up: null where Cashfree is certain not to have it.</summary>
    public static Result<T?, ProviderFailure> OrNothing<T>(Result<T, ProviderFailure> read)
        where T : class =>
        read.Error is { } error && IsNotThere(error) ? new Result<T?, ProviderFailure>((T?)null) : read.Map(found => (T?)found);

    /// <summary>Cashfree's own word that it has no such thing; not that of something on the way.</summary>
    public static bool IsNotThere(ProviderFailure failure) =>
        failure is { HttpStatus: 404, Outcome: Rejected } && failure.Code.EndsWith("not_found", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? Wait(ProviderReply reply) =>
        reply.Status == HttpStatusCode.TooManyRequests && reply.Headers.TryGetValues("x-ratelimit-retry", out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds) : null;
}
