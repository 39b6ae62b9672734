using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Adyen;

/// <summary>Why a payment was refused, or a capture, cancellation or refund did not come about, as webhooks tell it.</summary>
/// <remarks>
/// Source: https://docs.adyen.com/development-resources/refusal-reasons. Reasons are words for people: their letters are the code.
/// </remarks>
internal static class AdyenRefusals
{
    private static readonly ErrorCodes Codes = new()
    {
        { "3d_not_authenticated", AuthenticationRequired, "The customer did not pass 3-D Secure." },
        { "acquirer_error", ProviderUnavailable, "The acquirer failed." },
        { "acquirer_fraud", FraudSuspected, "The acquirer takes it for fraud." },
        { "authentication_required", AuthenticationRequired, "The bank wants the customer to authenticate the payment." },
        { "avs_declined", InvalidCard, "The card's address is wrong." },
        { "blocked_card", CardDeclined, "The card is blocked." },
        { "cancelled", Abandoned, "The payment was cancelled." },
        { "cvc_declined", InvalidCard, "The card's security code is wrong." },
        { "declined_non_generic", CardDeclined, "The bank declined." },
        { "expired_card", ExpiredCard, "The card has expired." },
        { "fraud", FraudSuspected, "It is taken for fraud." },
        { "fraud_cancelled", FraudSuspected, "It is taken for fraud, and was cancelled." },
        { "insufficient_balance", InsufficientBalance, "The merchant account's balance does not suffice." },
        { "insufficient_balance_on_payment", InvalidRequest, "More than is left of the payment." },
        { "invalid_amount", InvalidRequest, "The amount is not valid." },
        { "invalid_card_number", InvalidCard, "The card's number is wrong." },
        { "invalid_pin", AuthenticationRequired, "The PIN is wrong." },
        { "issuer_suspected_fraud", FraudSuspected, "The bank takes it for fraud." },
        { "issuer_unavailable", ProviderUnavailable, "The bank could not be reached." },
        { "mobile_pin_required", AuthenticationRequired, "The bank wants a PIN on the customer's phone." },
        { "not_enough_balance", InsufficientFunds, "The account has not enough money." },
        { "not_submitted", ProviderUnavailable, "The payment was not handed on." },
        { "not_supported", MethodNotSupported, "The bank does not support this." },
        { "pin_tries_exceeded", LimitExceeded, "The PIN was entered wrong too often." },
        { "pin_validation_not_possible", AuthenticationRequired, "The PIN could not be checked." },
        { "referral", CardDeclined, "The bank wants to be asked." },
        { "refund_failed", Other, "The refund failed; Adyen does not say why." },
        { "refused", CardDeclined, "The bank declined." },
        { "restricted_card", FraudSuspected, "The card is restricted: it may be reported lost or stolen." },
        { "revocation_of_auth", CardDeclined, "The customer has taken back the authority." },
        { "shopper_cancelled", Abandoned, "The customer gave up." },
        { "transaction_not_permitted", MethodNotSupported, "The bank does not permit the payment." },
        { "withdrawal_amount_exceeded", LimitExceeded, "The card is over its limit for withdrawals." },
        { "withdrawal_count_exceeded", LimitExceeded, "The card was used too often." },
    };

    /// <summary>Some items say <c>null</c>, as a text.</summary>
    public static FailureDetail Explain(string? reason) =>
        reason is null or "" or "null" ? Codes.Explain("refused") : Codes.Explain(Code(reason), reason);

    private static string Code(string reason) =>
        string.Concat(reason.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_'));
}
