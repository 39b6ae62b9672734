using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Payments;

/// <summary>What refunds do to their payment's sums. Pure.</summary>
public static class RefundBooks
{
    /// <summary>A refund that was reserved succeeded.</summary>
    public static Payment Succeeded(Payment payment, long amount) =>
        payment with { RefundSucceeded = payment.RefundSucceeded + amount };

    /// <summary>A refund failed, or came back after it had succeeded: what it reserved is free again.</summary>
    /// <param name="at">When, by the provider's clock; null when it does not tell. A total that is younger knows of it.</param>
    public static Payment Failed(Payment payment, long amount, bool hadSucceeded, DateTimeOffset? at)
    {
        var failed = payment with
        {
            RefundReserved = payment.RefundReserved - amount,
            RefundSucceeded = payment.RefundSucceeded - (hadSucceeded ? amount : 0),
        };
        if (at < payment.RefundedAt)
            return failed;
        // Providers count a refund from its beginning: a total with room for it has counted it.
        var total = payment.Facts.Refunded;
        return failed with
        {
            Facts = payment.Facts with { Refunded = total >= failed.RefundSucceeded + amount ? total - amount : total },
            RefundedAt = at ?? payment.RefundedAt,
        };
    }

    /// <summary>
    /// The provider tells how much is refunded in all. The last word by its clock stands, so that what came back is seen; of one moment, or
    /// without a clock, the most.
    /// </summary>
    public static Payment Total(Payment payment, PaymentState state)
    {
        if (state.Refunded is null)
            return payment;
        var told = PaymentFacts.From(state, payment.Amount.MinorUnits).Refunded;
        if (payment.RefundedAt is { } known && state.At is { } at && at != known)
            told = at < known ? payment.Facts.Refunded : told;
        else
            told = Math.Max(payment.Facts.Refunded, told);
        return payment with
        {
            Facts = payment.Facts with { Refunded = told }, RefundedAt = state.At > payment.RefundedAt || payment.RefundedAt is null
                ? state.At : payment.RefundedAt,
        };
    }
}
