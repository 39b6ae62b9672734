using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PhonePe;

/// <summary>PhonePe's orders as the hub sees payments. Pure. An unknown state is a failure, never a guess.</summary>
internal static class PhonePeMapping
{
    private const int ExpireAfter = 1200;
    private const int LongestField = 256;
    private const int LocalDigits = 10;
    private const string India = "+91";

    private static readonly Currency Rupee = Currency.Parse("INR");

    public static PhonePePay ToWire(PaymentRequest request, Uri returnUrl) => new(
        request.PaymentId, request.Amount.MinorUnits, ExpireAfter,
        new PhonePeMeta(request.Reference.UpTo(LongestField), request.Customer?.Id?.UpTo(LongestField)),
        new PhonePeFlow(request.Description, new PhonePeUrls(returnUrl.OriginalString)),
        Local(request.Customer?.Phone) is { } phone ? new PhonePePrefill(phone) : null);

    /// <summary>As long as the order is open a customer whose try failed may try again.</summary>
    public static Result<PaymentState, ProviderFailure> FromOrder(PhonePeOrder order)
    {
        var last = order.PaymentDetails is [.., var one] ? one : null;
        var code = order.ErrorCode ?? last?.ErrorCode;
        PaymentStatus? status = order.State switch
        {
            "PENDING" => PaymentStatus.RequiresAction,
            "COMPLETED" => PaymentStatus.Succeeded,
            "FAILED" => Ended(code),
            _ => null,
        };
        if (status is null)
            return Unknown("order", order.State);
        if (status == PaymentStatus.Succeeded && order.Amount is null)
            return ProviderFailure.Unreadable($"PhonePe answered no amount of {order.OrderId}.");
        var isRefused = order.State == "FAILED" || last?.State == "FAILED" && order.State == "PENDING";
        return new PaymentState(order.OrderId, status.Value)
        {
            Captured = status == PaymentStatus.Succeeded ? new Money(order.Amount!.Value, Rupee) : null,
            NextAction = order.RedirectUrl is { } page ? new NextAction("redirect", page) : null,
            Failure = isRefused ? PhonePeFailures.Explain(code ?? order.State, order.DetailedErrorCode ?? last?.DetailedErrorCode) : null,
        };
    }

    public static PaymentState WithoutPage(PaymentState open) => open with
    {
        Failure = new FailureDetail(
            "page_lost", "PhonePe tells an order's page once, and that answer was lost: begin another payment. This one ends unpaid.",
            FailureReason.ProviderUnavailable),
    };

    public static Result<RefundState, ProviderFailure> FromRefund(PhonePeRefund refund)
    {
        RefundStatus? status = refund.State switch
        {
            "PENDING" or "CONFIRMED" => RefundStatus.Pending,
            "COMPLETED" => RefundStatus.Succeeded,
            "FAILED" => RefundStatus.Failed,
            _ => null,
        };
        return status is null ? Unknown("refund", refund.State) : new RefundState(
            refund.RefundId, status.Value, new Money(refund.Amount, Rupee),
            status == RefundStatus.Failed ? PhonePeFailures.Explain(refund.ErrorCode ?? refund.State, refund.DetailedErrorCode) : null);
    }

    /// <summary>The codes of orders that nobody paid in time, or that were given up, are not published: by what they say.</summary>
    private static PaymentStatus Ended(string? code) =>
        code?.Contains("EXPIRED", StringComparison.OrdinalIgnoreCase) == true ? PaymentStatus.Expired
        : code?.Contains("CANCEL", StringComparison.OrdinalIgnoreCase) == true ? PaymentStatus.Canceled
        : PaymentStatus.Failed;

    private static ProviderFailure Unknown(string what, string state) =>
        ProviderFailure.Unreadable($"PhonePe answered the unknown {what} state '{state}'.");

    private static string? Local(string? phone) =>
        phone is { Length: LocalDigits + 3 } && phone.StartsWith(India, StringComparison.Ordinal) ? phone[India.Length..] : null;
}
