using System.Collections.Frozen;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.PayPal;

/// <summary>What PayPal's refusals mean: by the issue of the first detail, else by the error's name.</summary>
/// <remarks>
/// Source: https://developer.paypal.com/api/rest/reference/orders/v2/errors/ and .../payments/v2/errors/. The names of issues are partly
/// unconfirmed: one that is not here counts by its status, a 422 as a request that stays refused.
/// </remarks>
internal static class PayPalFailures
{
    /// <summary>It was done before, perhaps by a call whose answer was lost: how it stands, the order tells.</summary>
    private static readonly FrozenSet<string> AlreadyDone = FrozenSet.Create(
        "ORDER_ALREADY_CAPTURED", "ORDER_ALREADY_AUTHORIZED", "ORDER_ALREADY_COMPLETED", "AUTHORIZATION_ALREADY_CAPTURED",
        "AUTHORIZATION_VOIDED", "PREVIOUSLY_CAPTURED", "PREVIOUSLY_VOIDED");

    private static readonly ErrorCodes Known = new()
    {
        { "INSTRUMENT_DECLINED", CardDeclined, "The bank or card declined; the customer may choose another." },
        { "PAYER_ACTION_REQUIRED", AuthenticationRequired, "The customer has to confirm once more." },
        { "PAYER_CANNOT_PAY", MethodNotSupported, "The customer cannot pay with this account." },
        { "TRANSACTION_REFUSED", CardDeclined, "PayPal refused the transaction." },
        { "ORDER_NOT_APPROVED", InvalidRequest, "The customer has not approved the order." },
        { "DUPLICATE_INVOICE_ID", InvalidRequest, "This payment was taken before, under the same invoice id." },
        { "DECIMAL_PRECISION", InvalidRequest, "The currency takes no such decimals." },
        { "CURRENCY_NOT_SUPPORTED", AccountRestricted, "The account does not take the currency." },
        { "PAYEE_ACCOUNT_RESTRICTED", AccountRestricted, "The merchant's account is restricted." },
        { "PAYEE_ACCOUNT_LOCKED_OR_CLOSED", AccountRestricted, "The merchant's account is locked or closed." },
        { "COMPLIANCE_VIOLATION", AccountRestricted, "PayPal's compliance checks do not allow it." },
        { "REFUND_FAILED_INSUFFICIENT_FUNDS", InsufficientBalance, "The merchant's balance does not suffice." },
        { "PERMISSION_DENIED", AccountRestricted, "The app, or the account, may not do this." },
        { "TRANSACTION_LIMIT_EXCEEDED", LimitExceeded, "Above what PayPal lets the customer pay." },
        { "CARD_EXPIRED", ExpiredCard, "The card has expired." },
        { "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED", LimitExceeded, "The customer tried too often: begin another payment." },
        { "CAPTURE_FULLY_REFUNDED", InvalidRequest, "All of it is refunded already." },
        { "REFUND_AMOUNT_EXCEEDED", InvalidRequest, "More than is left of the payment." },
        { "REFUND_TIME_LIMIT_EXCEEDED", InvalidRequest, "PayPal refunds within 180 days: refund in another way." },
        { "AUTHORIZATION_EXPIRED", InvalidRequest, "What was reserved has gone back to the customer." },
        { "MAX_CAPTURE_AMOUNT_EXCEEDED", InvalidRequest, "More than may be captured of what was reserved." },
        { "AUTHENTICATION_FAILURE", InvalidCredentials, "PayPal refused the access token." },
        { "RESOURCE_NOT_FOUND", InvalidRequest, "PayPal knows no such thing." },
        { "INVALID_RESOURCE_ID", InvalidRequest, "PayPal knows no such thing." },
        { "ORDER_ALREADY_CAPTURED", InvalidRequest, "The order was captured before." },
        { "RATE_LIMIT_REACHED" },
        { "UNPROCESSABLE_ENTITY" },
        { "INVALID_REQUEST" },
        { "NOT_AUTHORIZED", AccountRestricted, "The app, or the account, may not do this." },
    };

    /// <summary>Why a capture, reservation or refund did not come about; the status where PayPal gives no reason.</summary>
    /// <remarks>Source: https://developer.paypal.com/docs/api/orders/v2/, status details of captures and authorizations.</remarks>
    public static readonly ErrorCodes Declines = new()
    {
        { "DECLINED", CardDeclined, "The bank, or PayPal, declined." },
        { "DENIED", CardDeclined, "PayPal denied it." },
        { "FAILED", CardDeclined, "It failed; PayPal does not say why." },
        { "DECLINED_BY_RISK_FRAUD_FILTERS", FraudSuspected, "The account's risk filters declined." },
        { "DECLINED_BY_PROCESSOR", CardDeclined, "The bank declined." },
        { "DECLINED_BY_PAYEE", CardDeclined, "The merchant declined it at PayPal." },
        { "ECHECK", CardDeclined, "The customer's bank did not pay the eCheck." },
        { "OTHER", Other, "PayPal's support tells why." },
        { "BUYER_COMPLAINT", Other, "The customer complained: see the dispute." },
        { "CHARGEBACK", Other, "The customer's bank took it back: see the dispute." },
        { "PENDING_REVIEW", Other, "PayPal looks at it." },
        { "VERIFICATION_REQUIRED", AccountRestricted, "The merchant's account has to be verified." },
        { "INTERNATIONAL_WITHDRAWAL", AccountRestricted, "The merchant has to accept payments from abroad at PayPal." },
        { "RECEIVING_PREFERENCE_MANDATES_MANUAL_ACTION", AccountRestricted, "The merchant has to accept it at PayPal." },
        { "UNILATERAL", AccountRestricted, "The merchant's e-mail address is not confirmed at PayPal." },
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, PayPalJson.Default.PayPalError);
        var detail = error?.Details is [var first, ..] ? first : null;
        var code = detail?.Issue ?? error?.Name;
        var message = detail?.Description ?? Known.Find(code)?.Text ?? error?.Message;
        // PayPal's support asks for the debug id.
        return Known.Refine(HttpFailures.Classify(reply, code, error?.DebugId is { } id ? $"{message} (debug id {id})" : message));
    }

    public static bool WasDoneBefore(ProviderFailure failure) => failure.Code is { } code && AlreadyDone.Contains(code);

    public static ProviderFailure NotRepresentable(Money amount) => ProviderFailure.Rejected(
        FailureCause.Request, "amount_not_representable",
        $"PayPal cannot take {amount}: see https://developer.paypal.com/reference/currency-codes for the decimals of {amount.Currency}.");

    public static ProviderFailure NothingThere(string what, string order) =>
        ProviderFailure.Rejected(FailureCause.Request, "not_paid_yet", $"The order {order} has no {what} yet.");
}
