using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Stripe;

/// <summary>Why a refund did not arrive.</summary>
/// <remarks>Source: https://docs.stripe.com/refunds#failed-refunds.</remarks>
internal static class StripeRefundFailures
{
    public static readonly ErrorCodes Codes = new()
    {
        { "charge_for_pending_refund_disputed", InvalidRequest, "The customer disputed the payment while the refund was on its way." },
        { "declined", InvalidDestination, "The customer's bank declined the refund." },
        { "expired_or_canceled_card", InvalidDestination, "The card has expired or was cancelled: refund in another way." },
        { "insufficient_funds", InsufficientBalance, "The Stripe balance does not suffice." },
        { "lost_or_stolen_card", InvalidDestination, "The card is reported lost or stolen: refund in another way." },
        { "merchant_request", Other, "The refund was cancelled at Stripe." },
        { "unknown", Other, "The refund failed; the bank does not say why." },
    };
}
