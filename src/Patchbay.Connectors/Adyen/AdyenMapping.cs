using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Adyen;

/// <summary>Adyen's links and items of webhooks as the hub sees them. Pure. An unknown word is a failure, never a guess.</summary>
internal static class AdyenMapping
{
    public const string LinkKey = "link";
    public const string PaymentKey = "payment";

    public static Result<PaymentState, ProviderFailure> FromLink(AdyenLink link)
    {
        PaymentStatus? status = link.Status switch
        {
            "active" => PaymentStatus.RequiresAction,
            // The customer is through, the bank is not.
            "paymentPending" => PaymentStatus.Processing,
            // Reserved, and whether captured or canceled since then only webhooks tell.
            "completed" or "paid" when AdyenReference.IsManual(link.Reference) => PaymentStatus.Processing,
            "completed" or "paid" => PaymentStatus.Succeeded,
            "expired" => PaymentStatus.Expired,
            _ => null,
        };
        if (status is null)
            return ProviderFailure.Unreadable($"Adyen answered the unknown link status '{link.Status}'.");
        if (AdyenAmounts.FromWire(link.Amount) is not { } amount)
            return NotAnAmount(link.Amount);
        return new PaymentState(link.Id, status.Value)
        {
            Captured = status == PaymentStatus.Succeeded ? amount : null,
            NextAction = link is { Status: "active", Url: { } page } ? new NextAction("redirect", page) : null,
            ProviderData = new Dictionary<string, string> { [LinkKey] = link.Id },
        };
    }

    /// <summary>The customer paid, or reserved, with that; the item's own id is the payment's from now on.</summary>
    public static Result<PaymentState, ProviderFailure> FromAuthorisation(AdyenItem item)
    {
        var data = new Dictionary<string, string> { [PaymentKey] = item.PspReference ?? "" };
        if (item.Additional("paymentLinkId") is { } link)
            data[LinkKey] = link;
        var state = AdyenReference.IsManual(item.MerchantReference)
            ? new PaymentState(item.PspReference ?? "", PaymentStatus.Authorized) : FromCapture(item, item.PspReference);
        return state.Map(one => one with { ProviderData = data });
    }

    /// <summary>Declined. The link stays as it is, so the customer may try again (unconfirmed; when it does not, the link tells); each try
    /// has an id of its own, which is not the payment's.</summary>
    public static PaymentState FromRefusal(AdyenItem item) =>
        Told(item, item.Additional("paymentLinkId"), PaymentStatus.RequiresAction);

    public static Result<PaymentState, ProviderFailure> FromCapture(AdyenItem item, string? payment) =>
        AdyenAmounts.FromWire(item.Amount) is { } amount
            ? new PaymentState(payment ?? "", PaymentStatus.Succeeded) { Captured = amount } : NotAnAmount(item.Amount);

    /// <summary>A capture or a cancellation was refused: it is still reserved.</summary>
    public static PaymentState StillReserved(AdyenItem item) => Told(item, item.OriginalReference, PaymentStatus.Authorized);

    public static RefundState FromRefund(AdyenItem item, bool succeeded) => new(
        item.PspReference ?? "", succeeded ? RefundStatus.Succeeded : RefundStatus.Failed, AdyenAmounts.FromWire(item.Amount),
        succeeded ? null : AdyenRefusals.Explain(item.Reason));

    /// <summary>
    /// One dispute a payment, named as the payment: which reports have an id in common, or name the payment, is unconfirmed, and two rows
    /// for one would hold the money twice.
    /// </summary>
    public static PaymentState Disputed(AdyenItem item, DisputeKind kind, DisputeStatus status) =>
        Contested(item, new DisputeReport(
            AdyenReference.IdOf(item.MerchantReference)!, kind, status, AdyenAmounts.FromWire(item.Amount), item.Reason));

    /// <summary>
    /// Money that was said to be captured never came. There is no taking back of succeeded: it is a dispute of its own that is lost, so
    /// that the payment says so, and nothing is given back of it.
    /// </summary>
    public static PaymentState CaptureLost(AdyenItem item) => Contested(item, new DisputeReport(
        item.PspReference ?? "", DisputeKind.Chargeback, DisputeStatus.Lost, AdyenAmounts.FromWire(item.Amount), "CAPTURE_FAILED"));

    /// <summary>Of the payment itself it says nothing: pending moves nothing.</summary>
    private static PaymentState Contested(AdyenItem item, DisputeReport report) =>
        new(item.OriginalReference ?? "", PaymentStatus.Pending) { Disputes = [report] };

    private static PaymentState Told(AdyenItem item, string? reference, PaymentStatus status) =>
        new(reference ?? "", status) { Failure = AdyenRefusals.Explain(item.Reason) };

    private static ProviderFailure NotAnAmount(AdyenAmount? wire) =>
        ProviderFailure.Unreadable($"Adyen told '{wire?.Value} {wire?.Currency}', which is not an amount the hub can read.");
}
