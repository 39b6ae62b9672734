using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WiPay;

/// <summary>WiPay's transactions as the hub sees them. Pure. An unknown status or amount is a failure, never a guess.</summary>
internal static class WiPayMapping
{
    /// <summary>Key of when the page was opened, in seconds since 1970.</summary>
    private const string Begun = "begun";

    /// <summary>A page is good for three minutes, or five.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public static Result<PaymentState, ProviderFailure> FromOpened(WiPayOpened opened, DateTimeOffset now) =>
        opened.TransactionId is { Length: > 0 } transaction && Uri.TryCreate(opened.Url, UriKind.Absolute, out var page)
            ? new PaymentState(transaction, PaymentStatus.RequiresAction)
            {
                NextAction = new NextAction("redirect", page),
                ProviderData = ProviderData.Of((Begun, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))),
            }
            : ProviderFailure.Unreadable("WiPay answered without a page or a transaction.");

    /// <summary>As WAPI tells it.</summary>
    /// <param name="asked">What was asked for; more may be paid where the customer bears the fees.</param>
    public static Result<PaymentState, ProviderFailure> FromFound(
        WiPayTransaction told, string transaction, Money asked, IReadOnlyDictionary<string, string> data, DateTimeOffset now)
    {
        switch (told.Status)
        {
            case "success" or "refund_requested" or "refunded" or "refund_rejected":
                if (told.Total is not { } total || told.Currency != asked.Currency.Code || total < asked.Amount)
                    return WiPayFailures.NotThisAmount($"{told.Total} {told.Currency}", asked);
                return new PaymentState(transaction, PaymentStatus.Succeeded)
                {
                    Captured = asked, Refunded = told.Status == "refunded" ? asked : null,
                };
            case "failed":
                return Failed(transaction, told.StatusDesc);
            case "incomplete" or "created":
                return new PaymentState(transaction, IsOver(data, now) ? PaymentStatus.Expired : PaymentStatus.RequiresAction);
            case "error":
                return new PaymentState(transaction, PaymentStatus.Pending);
            default:
                return WiPayFailures.Unknown(told.Status);
        }
    }

    /// <summary>A request for a refund is decided by WiPay later. Null when there is none.</summary>
    public static Result<RefundState?, ProviderFailure> FromRefund(WiPayTransaction told, string transaction, Money amount) =>
        told.Status switch
        {
            "refund_requested" => new RefundState(transaction, RefundStatus.Pending, amount),
            "refunded" => new RefundState(transaction, RefundStatus.Succeeded, amount),
            "refund_rejected" => new RefundState(
                transaction, RefundStatus.Failed, amount, WiPayFailures.Codes.Explain("refund_rejected", told.StatusDesc)),
            "success" => new((RefundState?)null),
            _ => WiPayFailures.Unknown(told.Status),
        };

    public static PaymentState Failed(string transaction, string? message) =>
        new(transaction, PaymentStatus.Failed) { Failure = WiPayFailures.Codes.Explain("failed", message) };

    private static bool IsOver(IReadOnlyDictionary<string, string> data, DateTimeOffset now) =>
        long.TryParse(data.GetValueOrDefault(Begun), NumberStyles.None, CultureInfo.InvariantCulture, out var begun)
        && now - DateTimeOffset.FromUnixTimeSeconds(begun) > Patience;
}
