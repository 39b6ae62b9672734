using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Cashfree;

/// <summary>Cashfree's orders as the hub sees payments. Pure. An unknown status or amount is a failure, never a guess.</summary>
internal static class CashfreeMapping
{
    private const string Rupee = "INR";

    /// <summary>An order alone. Whether somebody has tried to pay it, its payments tell.</summary>
    public static Result<PaymentState, ProviderFailure> FromOrder(CashfreeOrder order)
    {
        PaymentStatus? status = order.OrderStatus switch
        {
            "ACTIVE" => PaymentStatus.RequiresAction,
            "PAID" => PaymentStatus.Succeeded,
            "EXPIRED" => PaymentStatus.Expired,
            "TERMINATED" => PaymentStatus.Canceled,
            "TERMINATION_REQUESTED" => PaymentStatus.Pending,   // nothing follows from it before it is terminated
            _ => null,
        };
        if (status is null)
            return Unknown("order", order.OrderStatus);
        if (Amount(order.OrderAmount, order.OrderCurrency) is not { } amount)
            return NotAnAmount(order.OrderAmount, order.OrderCurrency);
        return new PaymentState(order.OrderId, status.Value)
        {
            Captured = status == PaymentStatus.Succeeded ? amount : null,
            NextAction = status == PaymentStatus.RequiresAction && order.PaymentSessionId is { } session
                ? CashfreeCheckout.Script.NextAction(null, session) : null,
        };
    }

    /// <summary>One payment that went well is the truth, whatever the order says yet; else the last try that did not is told.</summary>
    public static Result<PaymentState, ProviderFailure> With(PaymentState order, IReadOnlyList<CashfreePayment> tries)
    {
        if (tries.FirstOrDefault(one => one.PaymentStatus is not ("SUCCESS" or "PENDING" or "NOT_ATTEMPTED" or "FAILED" or "USER_DROPPED"
            or "CANCELLED" or "VOID")) is { } strange)
            return Unknown("payment", strange.PaymentStatus);
        if (tries.FirstOrDefault(one => one.PaymentStatus == "SUCCESS") is { } paid)
        {
            return order with
            {
                Status = paid.IsCaptured == false ? PaymentStatus.Authorized : PaymentStatus.Succeeded, NextAction = null,
                Captured = paid.IsCaptured == false ? null : order.Captured,
            };
        }

        if (order.Status == PaymentStatus.Succeeded)
            return order;
        if (tries.Any(one => one.PaymentStatus == "VOID"))
            return order with { Status = PaymentStatus.Canceled, NextAction = null };
        return tries.FirstOrDefault(IsDeclined) is { } declined ? Declined(order, declined, declined.ErrorDetails) : order;
    }

    public static PaymentState Declined(PaymentState order, CashfreePayment declined, CashfreeErrorDetails? why) => order with
    {
        Failure = CashfreeFailures.Declines.Explain(
            why?.ErrorCode ?? declined.PaymentStatus, why?.ErrorDescription ?? declined.PaymentMessage),
    };

    /// <summary>The customer may try again, as long as the order is open.</summary>
    public static bool IsDeclined(CashfreePayment payment) => payment.PaymentStatus is "FAILED" or "USER_DROPPED" or "CANCELLED";

    public static Result<RefundState, ProviderFailure> FromRefund(CashfreeRefund refund)
    {
        RefundStatus? status = refund.RefundStatus switch
        {
            "PENDING" or "ONHOLD" => RefundStatus.Pending,
            "SUCCESS" => RefundStatus.Succeeded,
            "CANCELLED" or "FAILED" => RefundStatus.Failed,
            _ => null,
        };
        return status is null ? Unknown("refund", refund.RefundStatus) : new RefundState(
            refund.RefundId, status.Value, Amount(refund.RefundAmount, refund.RefundCurrency ?? Rupee),
            status == RefundStatus.Failed ? CashfreeFailures.Declines.Explain(refund.RefundStatus!, refund.StatusDescription) : null)
        {
            Costs = Fee(refund.RefundCharge),
        };
    }

    /// <summary>All that has gone back; null when an amount is none.</summary>
    public static Money? Refunded(IReadOnlyList<CashfreeRefund> refunds, Currency currency)
    {
        var sum = Money.Zero(currency);
        foreach (var refund in refunds.Where(refund => refund.RefundStatus == "SUCCESS"))
        {
            if (Amount(refund.RefundAmount, refund.RefundCurrency ?? Rupee) is not { } amount || amount.Currency != currency)
                return null;
            sum += amount;
        }

        return sum;
    }

    /// <summary>What the dispute is called says its kind first; each kind is taken to hold the money back.</summary>
    public static Result<DisputeReport, ProviderFailure> FromDispute(CashfreeDispute dispute)
    {
        DisputeStatus? status =
            Ends(dispute, "_CREATED", "_DOCS_RECEIVED", "_UNDER_REVIEW") ? DisputeStatus.Open
            : Ends(dispute, "_MERCHANT_WON") ? DisputeStatus.Won
            : Ends(dispute, "_MERCHANT_LOST", "_MERCHANT_ACCEPTED", "_INSUFFICIENT_EVIDENCE") ? DisputeStatus.Lost
            : null;
        return status is null ? Unknown("dispute", dispute.DisputeStatus) : new DisputeReport(
            dispute.DisputeId.ToString(), DisputeKind.Chargeback, status.Value,
            Amount(dispute.DisputeAmount, dispute.DisputeAmountCurrency ?? Rupee), dispute.ReasonCode);
    }

    public static IReadOnlyList<CostLine> Fee(decimal? rupees) =>
        rupees > 0 ? [new CostLine("fee", rupees.Value, Currency.Parse(Rupee))] : [];

    public static ProviderFailure Unknown(string what, string? status) =>
        ProviderFailure.Unreadable($"Cashfree answered the unknown {what} status '{status}'.");

    private static bool Ends(CashfreeDispute dispute, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (dispute.DisputeStatus.EndsWith(ending, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static Money? Amount(decimal? amount, string? code) =>
        amount is { } number && Currency.TryParse(code, out var currency) && Money.TryFromMajor(number, currency, out var money)
            ? money : null;

    private static ProviderFailure NotAnAmount(decimal? amount, string? code) =>
        ProviderFailure.Unreadable($"Cashfree answered {amount} '{code}', which is not an amount.");
}
