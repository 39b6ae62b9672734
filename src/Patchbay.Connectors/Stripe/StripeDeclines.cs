using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Stripe;

/// <summary>Why a customer's bank, or Stripe itself, declined, and why an error of the customer's card came.</summary>
/// <remarks>
/// Source: https://docs.stripe.com/declines/codes and https://docs.stripe.com/error-codes. Of lost and stolen cards, and of fraud, Stripe
/// asks to tell the customer no more than that the card was declined.
/// </remarks>
internal static class StripeDeclines
{
    public static readonly ErrorCodes Codes = new()
    {
        { "approve_with_id", CardDeclined, "The payment cannot be authorised: the customer may try again, or ask the bank." },
        { "authentication_not_handled", AuthenticationRequired, "The customer did not finish 3-D Secure." },
        { "authentication_required", AuthenticationRequired, "The bank wants the customer to authenticate the payment." },
        { "async_payment_failed", CardDeclined, "The bank debit, or another method that takes days, failed." },
        { "call_issuer", CardDeclined, "The bank declined: the customer may ask it why." },
        { "card_declined", CardDeclined, "The card was declined." },
        { "card_not_supported", MethodNotSupported, "The card does not support this kind of purchase." },
        { "card_velocity_exceeded", LimitExceeded, "The card is over its balance, credit or transaction limit." },
        { "currency_not_supported", MethodNotSupported, "The card does not support the currency." },
        { "do_not_honor", CardDeclined, "The bank declined: the customer may ask it why." },
        { "do_not_try_again", CardDeclined, "The bank declined: the customer may ask it why." },
        { "duplicate_transaction", CardDeclined, "A payment of the same amount by the same card was made just before." },
        { "expired_card", ExpiredCard, "The card has expired." },
        { "fraudulent", FraudSuspected, "Stripe takes the payment for fraud." },
        { "generic_decline", CardDeclined, "The bank, or Radar, declined and said no more." },
        { "incorrect_address", InvalidCard, "The card's address is wrong." },
        { "incorrect_cvc", InvalidCard, "The card's security code is wrong." },
        { "incorrect_number", InvalidCard, "The card's number is wrong." },
        { "incorrect_pin", AuthenticationRequired, "The PIN is wrong." },
        { "incorrect_zip", InvalidCard, "The card's postal code is wrong." },
        { "insufficient_funds", InsufficientFunds, "The account has not enough money." },
        { "invalid_account", InvalidCard, "The card, or its account, is not valid." },
        { "invalid_amount", LimitExceeded, "The amount is not valid, or above what the card allows." },
        { "invalid_cvc", InvalidCard, "The card's security code is wrong." },
        { "invalid_expiry_month", InvalidCard, "The card's expiration month is not valid." },
        { "invalid_expiry_year", InvalidCard, "The card's expiration year is not valid." },
        { "invalid_number", InvalidCard, "The card's number is not valid." },
        { "invalid_pin", AuthenticationRequired, "The PIN is wrong." },
        { "issuer_not_available", ProviderUnavailable, FailureOutcome.Rejected, "The bank could not be reached: try again." },
        { "lost_card", FraudSuspected, "The card is reported lost." },
        { "merchant_blacklist", FraudSuspected, "The payment matches an entry of the account's block list." },
        { "new_account_information_available", InvalidCard, "The card, or its account, is not valid any more." },
        { "no_action_taken", CardDeclined, "The bank declined: the customer may ask it why." },
        { "not_permitted", CardDeclined, "The payment is not permitted." },
        { "offline_pin_required", AuthenticationRequired, "The card asks for a PIN." },
        { "online_or_offline_pin_required", AuthenticationRequired, "The card asks for a PIN." },
        { "payment_intent_authentication_failure", AuthenticationRequired, "The customer did not pass 3-D Secure." },
        { "payment_intent_payment_attempt_expired", Abandoned, "The customer did not finish in time." },
        { "payment_intent_payment_attempt_failed", CardDeclined, "The payment method failed." },
        { "payment_method_customer_decline", Abandoned, "The customer declined at the payment method's own page." },
        { "payment_method_provider_decline", CardDeclined, "The payment method's provider declined." },
        { "payment_method_provider_timeout", ProviderUnavailable, FailureOutcome.Rejected, "The method's provider did not answer." },
        { "pickup_card", FraudSuspected, "The card cannot be used: it may be reported lost or stolen." },
        { "pin_try_exceeded", LimitExceeded, "The PIN was entered wrong too often." },
        { "processing_error", ProviderUnavailable, FailureOutcome.Rejected, "An error at processing the card: try again." },
        { "reenter_transaction", ProviderUnavailable, FailureOutcome.Rejected, "The bank could not process the payment: try again." },
        { "restricted_card", FraudSuspected, "The card cannot be used: it may be reported lost or stolen." },
        { "revocation_of_all_authorizations", CardDeclined, "The customer has taken back the authority." },
        { "revocation_of_authorization", CardDeclined, "The customer has taken back the authority." },
        { "security_violation", CardDeclined, "The bank declined: the customer may ask it why." },
        { "service_not_allowed", CardDeclined, "The bank declined: the customer may ask it why." },
        { "stolen_card", FraudSuspected, "The card is reported stolen." },
        { "stop_payment_order", CardDeclined, "The customer has stopped such payments." },
        { "testmode_decline", CardDeclined, "A test card was used." },
        { "transaction_not_allowed", CardDeclined, "The bank does not allow the payment." },
        { "try_again_later", ProviderUnavailable, FailureOutcome.Rejected, "The bank declined for now: try again." },
        { "withdrawal_count_limit_exceeded", LimitExceeded, "The card is over its balance, credit or transaction limit." },
    };
}
