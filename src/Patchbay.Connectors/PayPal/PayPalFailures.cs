using System.Collections.Frozen;
using Patchbay.Connectors.Contracts;

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

    private const FailureOutcome Rejected = FailureOutcome.Rejected;

    private static readonly ErrorCodes Known = new()
    {
        { "INSTRUMENT_DECLINED", Rejected, FailureCause.Recipient, "The bank or card declined; the customer may choose another." },
        { "PAYER_ACTION_REQUIRED", Rejected, FailureCause.Recipient, "The customer has to confirm once more." },
        { "PAYER_CANNOT_PAY", Rejected, FailureCause.Recipient, "The customer cannot pay with this account." },
        { "TRANSACTION_REFUSED", Rejected, FailureCause.Recipient, "PayPal refused the transaction." },
        { "ORDER_NOT_APPROVED", Rejected, FailureCause.Request, "The customer has not approved the order." },
        { "DUPLICATE_INVOICE_ID", Rejected, FailureCause.Request, "This payment was taken before, under the same invoice id." },
        { "DECIMAL_PRECISION", Rejected, FailureCause.Request, "The currency takes no such decimals." },
        { "CURRENCY_NOT_SUPPORTED", Rejected, FailureCause.Account, "The account does not take the currency." },
        { "PAYEE_ACCOUNT_RESTRICTED", Rejected, FailureCause.Account, "The merchant's account is restricted." },
        { "PAYEE_ACCOUNT_LOCKED_OR_CLOSED", Rejected, FailureCause.Account, "The merchant's account is locked or closed." },
        { "COMPLIANCE_VIOLATION", Rejected, FailureCause.Account, "PayPal's compliance checks do not allow it." },
        { "REFUND_FAILED_INSUFFICIENT_FUNDS", Rejected, FailureCause.Account, "The merchant's balance does not suffice." },
        { "PERMISSION_DENIED", Rejected, FailureCause.Account, "The app, or the account, may not do this." },
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
