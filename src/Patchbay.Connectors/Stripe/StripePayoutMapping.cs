using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>Stripe's payouts as the hub sees them. Pure. An unknown status is a failure, never a guess.</summary>
internal static class StripePayoutMapping
{
    private static readonly string[] Accounts = ["ba_", "card_"];

    /// <summary>Stripe's id of the bank account or card that is meant; null for any other destination.</summary>
    public static string? AccountOf(PayoutDestination destination) =>
        destination is { Type: PayoutMethod.ProviderReference, Reference: { } reference }
        && Accounts.Any(prefix => reference.StartsWith(prefix, StringComparison.Ordinal)) ? reference : null;

    public static Result<PayoutState, ProviderFailure> FromPayout(StripePayout payout)
    {
        PayoutStatus? status = payout.Status switch
        {
            "pending" or "in_transit" => PayoutStatus.Processing,
            "paid" => PayoutStatus.Paid,
            // Also one that was told as paid fails when the bank sends it back, days later. That the money is in the balance again says
            // that it had left. https://docs.stripe.com/api/payouts/object#payout_object-failure_balance_transaction
            "failed" => payout.FailureBalanceTransaction is null ? PayoutStatus.Failed : PayoutStatus.Returned,
            "canceled" => PayoutStatus.Canceled,
            _ => null,
        };
        return status is null
            ? ProviderFailure.Unreadable($"Stripe answered the unknown payout status '{payout.Status}'.")
            : new PayoutState(payout.Id, status.Value, payout.Status == "failed" ? StripePayoutFailures.Explain(payout) : null);
    }
}
