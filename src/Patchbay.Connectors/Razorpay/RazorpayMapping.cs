using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Razorpay;

/// <summary>Razorpay's links, orders and payments as the hub sees one payment. Pure. No unknown status or amount is guessed.</summary>
internal static class RazorpayMapping
{
    public const string LinkKey = "link";
    public const string OrderKey = "order";
    public const string PaymentKey = "payment";

    /// <summary>Whether the hub asked to reserve only; then nobody but the hub takes the money.</summary>
    public const string CaptureKey = "capture";

    public const string Manual = "manual";

    public static Result<PaymentState, ProviderFailure> FromLink(RazorpayLink link)
    {
        PaymentStatus? status = link.Status switch
        {
            "created" => PaymentStatus.RequiresAction,
            "partially_paid" => PaymentStatus.Pending,   // the hub's links are paid in full: nothing follows from it
            "paid" => PaymentStatus.Succeeded,
            "cancelled" => PaymentStatus.Canceled,
            "expired" => PaymentStatus.Expired,
            _ => null,
        };
        return status is null ? Unknown("payment link", link.Status) : new PaymentState(link.Id, status.Value)
        {
            NextAction = status == PaymentStatus.RequiresAction && Uri.TryCreate(link.ShortUrl, UriKind.Absolute, out var page)
                ? new NextAction("redirect", page) : null,
            ProviderData = ProviderData.Of((LinkKey, link.Id), (OrderKey, link.OrderId)),
        };
    }

    /// <summary>For Razorpay's Checkout in the caller's own page. An order that was attempted may be paid yet, or was declined.</summary>
    public static Result<PaymentState, ProviderFailure> FromOrder(RazorpayOrder order, string keyId)
    {
        PaymentStatus? status = order.Status switch
        {
            "created" or "attempted" => PaymentStatus.RequiresAction,
            "paid" => PaymentStatus.Succeeded,
            _ => null,
        };
        return status is null ? Unknown("order", order.Status) : new PaymentState(order.Id, status.Value)
        {
            NextAction = status == PaymentStatus.RequiresAction
                ? new NextAction("client_secret", ClientSecret: order.Id, PublishableKey: keyId) : null,
            ProviderData = ProviderData.Of((OrderKey, order.Id)),
        };
    }

    /// <summary>
    /// One try to pay. One that failed may be followed by another, or succeed after all ("late authorisation"); a begun one says nothing.
    /// </summary>
    public static Result<PaymentState, ProviderFailure> FromPayment(RazorpayPayment payment)
    {
        PaymentStatus? status = payment.Status switch
        {
            "created" => PaymentStatus.Pending,
            "authorized" => PaymentStatus.Authorized,
            "refunded" when payment.Captured == false => PaymentStatus.Canceled,   // a reservation that lapsed
            "captured" or "refunded" => PaymentStatus.Succeeded,
            "failed" => PaymentStatus.RequiresAction,
            _ => null,
        };
        if (status is null)
            return Unknown("payment", payment.Status);
        if (RazorpayAmounts.FromWire(payment.Amount, payment.Currency) is not { } amount)
            return ProviderFailure.Unreadable($"Razorpay answered {payment.Amount} '{payment.Currency}' as amount of {payment.Id}.");
        var (counts, failed) = (status is not (PaymentStatus.Pending or PaymentStatus.RequiresAction), payment.Status == "failed");
        return new PaymentState(counts ? payment.Id : "", status.Value)
        {
            Captured = status == PaymentStatus.Succeeded ? amount : null,
            Refunded = status != PaymentStatus.Succeeded ? null
                : payment.Status == "refunded" ? amount : RazorpayAmounts.FromWire(payment.AmountRefunded, payment.Currency),
            Failure = failed
                ? RazorpayFailures.Declines.Explain(
                    payment.ErrorReason ?? payment.ErrorCode ?? "payment_failed", payment.ErrorDescription) : null,
            ProviderData = ProviderData.Of((OrderKey, payment.OrderId), (PaymentKey, counts ? payment.Id : null)),
            Costs = Fee(payment.Fee, payment.Currency),
        };
    }

    public static Result<RefundState, ProviderFailure> FromRefund(RazorpayRefund refund)
    {
        RefundStatus? status = refund.Status switch
        {
            "pending" => RefundStatus.Pending,
            "processed" => RefundStatus.Succeeded,
            "failed" => RefundStatus.Failed,
            _ => null,
        };
        return status is null ? Unknown("refund", refund.Status) : new RefundState(
            refund.Id, status.Value, RazorpayAmounts.FromWire(refund.Amount, refund.Currency),
            status == RefundStatus.Failed ? RazorpayFailures.Declines.Explain("refund_failed") : null);
    }

    /// <summary>
    /// The one that money was taken or reserved by, else the newest, which the list begins with (unconfirmed); null: there is none.
    /// </summary>
    public static RazorpayPayment? Deciding(IReadOnlyList<RazorpayPayment> tries) =>
        tries.FirstOrDefault(one => one is { Status: "captured" } or { Status: "refunded", Captured: not false })
        ?? tries.FirstOrDefault(one => one.Status == "authorized")
        ?? (tries is [var newest, ..] ? newest : null);

    /// <summary>What a link says that it was paid by; null before.</summary>
    public static string? PaidBy(RazorpayLink link) => link.Payments is not { ValueKind: JsonValueKind.Array } payments ? null
        : payments.EnumerateArray().Select(payment => Text(payment, "payment_id")).LastOrDefault(id => id is not null);

    /// <summary>What a look-up found, if anything.</summary>
    public static Result<TState?, ProviderFailure> Found<T, TState>(T? one, Func<T, Result<TState, ProviderFailure>> map)
        where T : class
        where TState : class =>
        one is null ? new Result<TState?, ProviderFailure>((TState?)null) : map(one).Map(state => (TState?)state);

    /// <summary>The hub's id; null for what was made outside of the hub.</summary>
    public static string? Reference(JsonElement? notes) => notes is { } known ? Text(known, "reference") : null;

    /// <summary>In which currency foreign payments are charged for is unconfirmed, so their fees are not told.</summary>
    public static IReadOnlyList<CostLine> Fee(long? paise, string currency) =>
        currency == "INR" && RazorpayAmounts.FromWire(paise, currency) is { MinorUnits: > 0 } fee
            ? [new CostLine("fee", fee.Amount, fee.Currency)] : [];

    /// <summary>The state with one more thing to be kept.</summary>
    public static PaymentState With(PaymentState state, string key, string value) =>
        state with { ProviderData = new Dictionary<string, string>(state.ProviderData) { [key] = value } };

    public static ProviderFailure Unknown(string what, string status) =>
        ProviderFailure.Unreadable($"Razorpay answered the unknown {what} status '{status}'.");

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
}
