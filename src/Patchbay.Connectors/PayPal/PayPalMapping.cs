using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>PayPal's orders as the hub sees payments. Pure. An unknown status or amount is a failure, never a guess.</summary>
internal static class PayPalMapping
{
    public const string OrderKey = "order";
    public const string AuthorizationKey = "authorization";
    public const string CaptureKey = "capture";

    /// <summary>
    /// Where money was moved, that decides: an order that is completed can hold a capture that was declined.
    /// https://developer.paypal.com/docs/api/orders/v2/#definition-capture_status
    /// </summary>
    public static Result<PaymentState, ProviderFailure> FromOrder(PayPalOrder order)
    {
        var moved = Payments(order);
        if (Deciding(moved.Captures) is { } capture)
            return FromCapture(capture, order.Id, moved.Refunds);
        if (Deciding(moved.Authorizations) is { } authorization)
            return FromAuthorization(authorization, order.Id);
        PaymentStatus? status = order.Status switch
        {
            "CREATED" or "PAYER_ACTION_REQUIRED" => PaymentStatus.RequiresAction,
            "SAVED" => PaymentStatus.Pending,
            // Completed, without the capture that it is about: that money moved, only the capture tells.
            "APPROVED" or "COMPLETED" => PaymentStatus.Processing,
            "VOIDED" => PaymentStatus.Canceled,
            _ => null,
        };
        return status is null ? Unknown("order", order.Status) : new PaymentState(order.Id, status.Value)
        {
            ToBeCompleted = order.Status == "APPROVED",
            NextAction = status == PaymentStatus.RequiresAction ? PageOf(order) : null,
            ProviderData = ProviderData.Of((OrderKey, order.Id)),
        };
    }

    /// <param name="order">Null: the one that the capture itself tells.</param>
    /// <param name="refunds">Of the order; null when they are not known.</param>
    public static Result<PaymentState, ProviderFailure> FromCapture(
        PayPalTransaction capture, string? order = null, IReadOnlyList<PayPalTransaction>? refunds = null)
    {
        PaymentStatus? status = capture.Status switch
        {
            "PENDING" => PaymentStatus.Processing,
            "COMPLETED" or "PARTIALLY_REFUNDED" or "REFUNDED" => PaymentStatus.Succeeded,
            "DECLINED" or "FAILED" or "DENIED" => PaymentStatus.Failed,   // the last is the event's word, unconfirmed as a status
            _ => null,
        };
        if (status is null)
            return Unknown("capture", capture.Status);
        if (PayPalAmounts.FromWire(capture.Amount) is not { } amount)
            return NotAnAmount(capture.Amount);
        var fee = capture.SellerReceivableBreakdown?.PaypalFee;
        return new PaymentState(capture.Id, status.Value)
        {
            Captured = status == PaymentStatus.Succeeded ? amount : null,
            Refunded = capture.Status switch
            {
                "REFUNDED" => amount,
                "PARTIALLY_REFUNDED" when refunds is { Count: > 0 } => Sum(refunds, amount.Currency),
                _ => null,
            },
            Disputes = Reason(capture) is "CHARGEBACK" or "BUYER_COMPLAINT" ? [Reversal(capture.Id, amount, Reason(capture))] : [],
            Failure = status == PaymentStatus.Failed ? WhyNot(capture) : null,
            ProviderData = ProviderData.Of((OrderKey, order ?? OrderOf(capture)), (CaptureKey, capture.Id)),
            Costs = CostLine.Read("fee", fee?.Value, fee?.CurrencyCode),
        };
    }

    /// <param name="order">Null: the one that the authorization itself tells.</param>
    public static Result<PaymentState, ProviderFailure> FromAuthorization(PayPalTransaction authorization, string? order = null)
    {
        PaymentStatus? status = authorization.Status switch
        {
            "CREATED" or "PARTIALLY_CAPTURED" => PaymentStatus.Authorized,
            "PENDING" => PaymentStatus.Processing,
            "CAPTURED" => PaymentStatus.Succeeded,
            "DENIED" => PaymentStatus.Failed,
            "VOIDED" => PaymentStatus.Canceled,
            _ => null,
        };
        if (status is null)
            return Unknown("authorization", authorization.Status);
        order ??= OrderOf(authorization);
        return new PaymentState(order ?? "", status.Value)
        {
            Failure = status == PaymentStatus.Failed ? WhyNot(authorization) : null,
            ProviderData = ProviderData.Of((OrderKey, order), (AuthorizationKey, authorization.Id)),
        };
    }

    public static Result<RefundState, ProviderFailure> FromRefund(PayPalTransaction refund)
    {
        RefundStatus? status = refund.Status switch
        {
            "PENDING" => RefundStatus.Pending,
            "COMPLETED" => RefundStatus.Succeeded,
            "FAILED" => RefundStatus.Failed,
            "CANCELLED" => RefundStatus.Canceled,
            _ => null,
        };
        if (status is null)
            return Unknown("refund", refund.Status);
        return PayPalAmounts.FromWire(refund.Amount) is { } amount
            ? new RefundState(refund.Id, status.Value, amount, status == RefundStatus.Failed ? WhyNot(refund) : null)
            : NotAnAmount(refund.Amount);
    }

    private static FailureDetail WhyNot(PayPalTransaction failed) => PayPalFailures.Declines.Explain(Reason(failed) ?? failed.Status);

    /// <summary>
    /// One dispute a capture, whoever tells of it: a reversed capture names no dispute, and two rows for one would hold the money twice.
    /// </summary>
    public static DisputeReport Reversal(string capture, Money? amount, string? reason) =>
        new(capture, DisputeKind.Chargeback, DisputeStatus.Open, amount, reason);

    /// <summary>The words for outcomes are unconfirmed: another one is left to a person.</summary>
    public static Result<DisputeReport, ProviderFailure> FromDispute(PayPalDispute dispute, string? capture)
    {
        DisputeStatus? status = (dispute.Status, dispute.DisputeOutcome?.OutcomeCode) switch
        {
            (not "RESOLVED", _) => DisputeStatus.Open,
            (_, "RESOLVED_BUYER_FAVOUR" or "RESOLVED_BUYER_FAVOR" or "ACCEPTED") => DisputeStatus.Lost,
            (_, "RESOLVED_SELLER_FAVOUR" or "RESOLVED_SELLER_FAVOR" or "CANCELED_BY_BUYER" or "DENIED" or "RESOLVED_WITH_PAYOUT") =>
                DisputeStatus.Won,
            _ => null,
        };
        return status is null
            ? ProviderFailure.Unreadable($"PayPal resolved {dispute.DisputeId} with the unknown '{dispute.DisputeOutcome?.OutcomeCode}'.")
            : new DisputeReport(
                capture ?? dispute.DisputeId, DisputeKind.Chargeback, status.Value, PayPalAmounts.FromWire(dispute.DisputeAmount),
                $"{dispute.DisputeId} {dispute.Reason}".TrimEnd());
    }

    public static PayPalPaymentCollection Payments(PayPalOrder order) =>
        order.PurchaseUnits is [{ Payments: { } payments }, ..] ? payments : new PayPalPaymentCollection();

    /// <summary>The one that went well, else the last; null when there is none.</summary>
    public static PayPalTransaction? Deciding(IReadOnlyList<PayPalTransaction>? tries) =>
        tries?.LastOrDefault(one => one.Status is not ("DECLINED" or "FAILED" or "DENIED" or "VOIDED"))
        ?? (tries is [.., var last] ? last : null);

    /// <summary>Where the customer approves; <c>approve</c> of an order without an address to return to (unconfirmed).</summary>
    private static NextAction? PageOf(PayPalOrder order) =>
        order.Links?.FirstOrDefault(link => link.Rel is "payer-action" or "approve") is { } page
        && Uri.TryCreate(page.Href, UriKind.Absolute, out var url) ? new NextAction("redirect", url) : null;

    private static Money? Sum(IReadOnlyList<PayPalTransaction> refunds, Currency currency)
    {
        var sum = Money.Zero(currency);
        foreach (var refund in refunds.Where(refund => refund.Status == "COMPLETED"))
        {
            if (PayPalAmounts.FromWire(refund.Amount) is not { } amount || amount.Currency != currency)
                return null;
            sum += amount;
        }

        return sum;
    }

    private static string? OrderOf(PayPalTransaction transaction) => transaction.SupplementaryData?.RelatedIds?.OrderId;

    private static string? Reason(PayPalTransaction transaction) => transaction.StatusDetails?.Reason;

    private static ProviderFailure Unknown(string what, string status) =>
        ProviderFailure.Unreadable($"PayPal answered the unknown {what} status '{status}'.");

    private static ProviderFailure NotAnAmount(PayPalMoney? money) =>
        ProviderFailure.Unreadable($"PayPal answered '{money?.Value} {money?.CurrencyCode}', which is not an amount.");
}
