using System.Net;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.PhonePe;

/// <summary>What PhonePe's refusals mean. Their codes are shown; the status decides.</summary>
/// <remarks>Source: https://developer.phonepe.com/payment-gateway/error-codes.</remarks>
internal static class PhonePeFailures
{
    /// <summary>One rupee.</summary>
    private const long Smallest = 100;

    private static readonly ErrorCodes Codes = new()
    {
        { "AUTHORIZATION_FAILED" },
        { "BAD_REQUEST" },
        { "INTERNAL_SERVER_ERROR" },
        { "INVALID_CLIENT" },
        { "INVALID_TRANSACTION_ID" },
        { "ORDER_NOT_FOUND" },
        { "REFUND_NOT_FOUND" },
    };

    /// <summary>
    /// Why a try failed: first by the bank's code, which is one of UPI's, else by PhonePe's, else by the order's state.
    /// </summary>
    /// <remarks>
    /// Source: https://developer.phonepe.com/payment-gateway/error-codes and NPCI's error and response codes of UPI. Which of them PhonePe
    /// hands on is unconfirmed.
    /// </remarks>
    private static readonly ErrorCodes Declines = new()
    {
        { "FAILED", CardDeclined, "It failed; PhonePe does not say why." },
        { "TXN_AUTO_FAILED", CardDeclined, "The customer's bank, or the bank's systems, did not carry it out." },
        { "TXN_NOT_COMPLETED", Abandoned, "The customer did not finish in time." },
        { "TXN_CANCELLED", Abandoned, "The customer gave up." },
        { "PAYMENT_ERROR", CardDeclined, "It failed; PhonePe does not say why." },
        { "PAYMENT_DECLINED", CardDeclined, "The customer's bank declined." },
        { "TIMED_OUT", Abandoned, "The customer did not finish in time." },
        { "K1", FraudSuspected, "The customer's bank takes it for a risk." },
        { "U16", FraudSuspected, "It is taken for a risk." },
        { "U28", ProviderUnavailable, "The customer's app could not be reached." },
        { "U30", CardDeclined, "The customer's bank did not debit the account." },
        { "U66", AuthenticationRequired, "The customer's phone is not the one that was registered." },
        { "U69", Abandoned, "The customer did not confirm in time." },
        { "U90", ProviderUnavailable, "The bank could not be reached." },
        { "XB", CardDeclined, "The customer's account or card does not allow it." },
        { "XC", CardDeclined, "The transaction is not valid, or not allowed for this account." },
        { "XH", InvalidDestination, "There is no such account." },
        { "Z6", LimitExceeded, "The PIN was entered wrong too often." },
        { "Z7", LimitExceeded, "The customer pays more often than the bank allows." },
        { "Z8", LimitExceeded, "Above what the customer's bank allows at once." },
        { "Z9", InsufficientFunds, "The account has not enough money." },
        { "ZA", Abandoned, "The customer declined." },
        { "ZH", InvalidCard, "There is no such UPI address." },
        { "ZM", AuthenticationRequired, "The PIN is wrong." },
    };

    public static readonly ProviderFailure NoReturnUrl = ProviderFailure.Rejected(
        FailureCause.Request, "return_url_required",
        "PhonePe takes payments on its own page: send return_url, where the customer goes afterwards.");

    private static readonly ProviderFailure NotAnAmount = ProviderFailure.Rejected(
        FailureCause.Account, "amount_not_supported", "PhonePe takes and gives back rupees (INR), one at least.");

    /// <summary>What has this id may be what an earlier call made whose answer was lost (409): that is looked up, as after a 5xx.</summary>
    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, PhonePeJson.Default.PhonePeError);
        return Codes.Refine(HttpFailures.Classify(reply, error?.Code ?? error?.ErrorCode, error?.Message));
    }

    /// <summary>Why an order, a try or a refund failed.</summary>
    /// <param name="detail">The bank's code; null when it is not told.</param>
    public static FailureDetail Explain(string code, string? detail)
    {
        var told = Declines.Explain(code);
        return Declines.Find(detail) is { } bank ? new FailureDetail(code, $"{bank.Text} ({detail})", bank.Reason)
            : detail is null ? told : told with { Message = $"{told.Message} ({detail})".TrimStart() };
    }

    /// <summary>Null when it can be taken, or given back.</summary>
    public static ProviderFailure? Refuse(Money amount) =>
        amount.Currency.Code == "INR" && amount.MinorUnits >= Smallest ? null : NotAnAmount;

    /// <summary>Of a look-up: null where PhonePe itself says that it has no such thing; how it says so is unconfirmed.</summary>
    public static Result<T?, ProviderFailure> OrNothing<T>(Result<T, ProviderFailure> read)
        where T : class =>
        read.Error is { } error && IsNotThere(error) ? new Result<T?, ProviderFailure>((T?)null) : read.Map(found => (T?)found);

    /// <summary>Not that of something on the way, which has no code.</summary>
    private static bool IsNotThere(ProviderFailure failure) => failure.Outcome == FailureOutcome.Rejected
        && (failure.HttpStatus == (int)HttpStatusCode.NotFound && failure.Code != "http_404"
            || failure.Code.EndsWith("NOT_FOUND", StringComparison.Ordinal));
}
