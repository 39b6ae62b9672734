using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Square;

/// <summary>Square's objects as the hub sees them. Pure. An unknown status or currency is a failure, never a guess.</summary>
internal static class SquareMapping
{
    public const string LinkKey = "link";
    public const string OrderKey = "order";
    public const string PaymentKey = "payment";

    /// <summary>A link that was just made: it is named by its order, until there is a payment.</summary>
    public static PaymentState FromLink(SquareLink link) => new(link.OrderId, PaymentStatus.RequiresAction)
    {
        NextAction = link.Url is { } page ? new NextAction("redirect", page) : null,
        ProviderData = new Dictionary<string, string> { [OrderKey] = link.OrderId, [LinkKey] = link.Id },
    };

    /// <summary>An order that has no payment yet. Of one that is completed without one, only the payment tells how much it was.</summary>
    public static Result<PaymentState, ProviderFailure> FromOrder(SquareOrderState order)
    {
        PaymentStatus? status = order.State switch
        {
            "OPEN" or "DRAFT" => PaymentStatus.RequiresAction,
            "COMPLETED" => PaymentStatus.Processing,
            "CANCELED" => PaymentStatus.Canceled,
            _ => null,
        };
        return status is { } known ? new PaymentState(order.Id, known) : Unknown("order", order.State);
    }

    /// <summary>A payment stays <c>COMPLETED</c> after refunds: its amounts tell of them.</summary>
    public static Result<PaymentState, ProviderFailure> FromPayment(SquarePayment payment)
    {
        PaymentStatus? status = payment.Status switch
        {
            "PENDING" => PaymentStatus.Processing,
            "APPROVED" => PaymentStatus.Authorized,
            "COMPLETED" => PaymentStatus.Succeeded,
            "CANCELED" => PaymentStatus.Canceled,
            // A try that was declined: the link stays open (unconfirmed; else its order tells), and the next try is another payment.
            "FAILED" => PaymentStatus.RequiresAction,
            _ => null,
        };
        if (status is not { } known)
            return Unknown("payment", payment.Status);
        if (!TryRead(payment.AmountMoney, out var amount) || !TryRead(payment.RefundedMoney, out var refunded))
            return ProviderFailure.Unreadable($"Square answered an amount of {payment.Id} that is none.");
        var isDeclined = payment.Status == "FAILED";
        var error = payment.CardDetails?.Errors is [var first, ..] ? first : null;
        return new PaymentState(isDeclined ? payment.OrderId ?? "" : payment.Id, known)
        {
            Captured = known == PaymentStatus.Succeeded ? amount : null,
            Refunded = refunded,
            Failure = isDeclined ? SquareFailures.Declines.Explain(error?.Code ?? "FAILED", error?.Detail) : null,
            ProviderData = ProviderData.Of((OrderKey, payment.OrderId), (PaymentKey, isDeclined ? null : payment.Id)),
            Costs = Fee(payment),
        };
    }

    public static Result<RefundState, ProviderFailure> FromRefund(SquareRefund refund)
    {
        RefundStatus? status = refund.Status switch
        {
            "PENDING" => RefundStatus.Pending,
            "COMPLETED" => RefundStatus.Succeeded,
            "REJECTED" or "FAILED" => RefundStatus.Failed,
            _ => null,
        };
        if (status is not { } known)
            return Unknown("refund", refund.Status);
        return TryRead(refund.AmountMoney, out var amount)
            ? new RefundState(
                refund.Id, known, amount, known == RefundStatus.Failed ? SquareFailures.Declines.Explain(refund.Status!) : null)
            : ProviderFailure.Unreadable($"Square answered {refund.AmountMoney} as refunded amount.");
    }

    public static Result<DisputeReport, ProviderFailure> FromDispute(SquareDispute dispute)
    {
        (DisputeKind Kind, DisputeStatus Status)? stands = dispute.State switch
        {
            "INQUIRY_EVIDENCE_REQUIRED" or "INQUIRY_PROCESSING" => (DisputeKind.Inquiry, DisputeStatus.Open),
            "INQUIRY_CLOSED" => (DisputeKind.Inquiry, DisputeStatus.Won),
            "EVIDENCE_REQUIRED" or "PROCESSING" => (DisputeKind.Chargeback, DisputeStatus.Open),
            "WON" => (DisputeKind.Chargeback, DisputeStatus.Won),
            "LOST" or "ACCEPTED" => (DisputeKind.Chargeback, DisputeStatus.Lost),
            _ => null,
        };
        if (stands is not { } known)
            return ProviderFailure.Unreadable($"Square told the unknown dispute state '{dispute.State}'.");
        return new DisputeReport(
            dispute.Id, known.Kind, known.Status, TryRead(dispute.AmountMoney, out var amount) ? amount : null, dispute.Reason);
    }

    public static SquareMoney ToWire(Money money) => new(money.MinorUnits, money.Currency.Code);

    /// <summary>In the currency of the payment, once Square has worked it out.</summary>
    private static IReadOnlyList<CostLine> Fee(SquarePayment payment)
    {
        var fees = (payment.ProcessingFee ?? [])
            .Select(fee => TryRead(fee.AmountMoney, out var money) ? money : null).OfType<Money>().ToList();
        return fees.Count == 0 ? [] : [new CostLine("fee", fees.Sum(fee => fee.Amount), fees[0].Currency)];
    }

    /// <summary>False when it is no amount of a known currency; null for none.</summary>
    private static bool TryRead(SquareMoney? wire, out Money? money)
    {
        money = null;
        if (wire is null)
            return true;
        if (!Currency.TryParse(wire.Currency, out var currency) || Math.Abs((decimal)wire.Amount) > Money.MaxMinorUnits)
            return false;
        money = new Money(wire.Amount, currency);
        return true;
    }

    private static ProviderFailure Unknown(string what, string status) =>
        ProviderFailure.Unreadable($"Square answered the unknown {what} status '{status}'.");
}
