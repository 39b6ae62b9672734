using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Cashfree;

/// <summary>https://www.cashfree.com/docs/api-reference/payments/latest/orders/create</summary>
internal sealed record CashfreeOrderRequest(
    string OrderId, decimal OrderAmount, string OrderCurrency, CashfreeCustomer CustomerDetails, CashfreeMeta OrderMeta, string? OrderNote,
    CashfreeTags OrderTags);

internal sealed record CashfreeCustomer(string CustomerId, string CustomerPhone, string? CustomerEmail, string? CustomerName);

/// <param name="NotifyUrl">Where this order reports to.</param>
internal sealed record CashfreeMeta(string? ReturnUrl, string? NotifyUrl);

internal sealed record CashfreeTags(string MerchantReference);

internal sealed record CashfreeTermination(string OrderStatus);

/// <summary>https://www.cashfree.com/docs/api-reference/payments/latest/refunds/create</summary>
internal sealed record CashfreeRefundRequest(decimal RefundAmount, string RefundId, string RefundNote);

/// <summary>The bodies of requests to the payment gateway. The same operation always has the same body: a key stands for one.</summary>
internal static class CashfreeRequests
{
    public const int LongestUrl = 250;

    private const int ShortestText = 3;
    private const int LongestNote = 200;
    private const int LongestCustomer = 50;
    private const int LongestPart = 100;
    private const int LongestTag = 255;
    private const string India = "+91";
    private const int IndianDigits = 10;

    private const string Ref = "ref";

    /// <summary>Null without the customer's Indian phone number, which Cashfree takes no order without.</summary>
    public static CashfreeOrderRequest? Order(PaymentRequest request, Connection connection)
    {
        if (request.Customer is not { } customer || Phone(customer.Phone) is not { } phone)
            return null;
        var reports = connection.WebhookUrl is { Scheme: "https", OriginalString: { Length: <= LongestUrl } url } ? url : null;
        return new CashfreeOrderRequest(
            request.PaymentId, Amount(request.Amount), request.Amount.Currency.Code,
            new CashfreeCustomer(CustomerId(request), phone, Part(customer.Email), Part(customer.Name)),
            new CashfreeMeta(request.ReturnUrl?.OriginalString, reports),
            Text(string.IsNullOrEmpty(request.Description) ? request.Reference : request.Description, LongestNote),
            new CashfreeTags(request.Reference.UpTo(LongestTag)));
    }

    /// <summary>The note has the hub's id as it is.</summary>
    public static CashfreeRefundRequest Refund(RefundRequest request) =>
        new(Amount(request.Amount), RefundId(request.RefundId), $"Refund {request.RefundId} {request.Reason}".TrimEnd().UpTo(LongestPart));

    /// <summary>Refunds' ids have letters and digits only: the hub's, without its underscore.</summary>
    public static string RefundId(string hubs) => hubs.Replace("_", "", StringComparison.Ordinal);

    /// <summary>The hub's id; null for a refund that was made elsewhere.</summary>
    public static string? HubsRefund(string refundId) =>
        refundId.StartsWith(Ref, StringComparison.Ordinal) ? $"{Ref}_{refundId[Ref.Length..]}" : null;

    /// <summary>Major units, with both decimals.</summary>
    public static decimal Amount(Money money) => money.Amount + 0.00m;

    /// <summary>Letters and digits only. Of a customer without an id, or a shorter one, the payment's stands for it.</summary>
    private static string CustomerId(PaymentRequest request)
    {
        var id = Letters(request.Customer?.Id ?? "");
        return (id.Length < ShortestText ? Letters(request.PaymentId) : id).UpTo(LongestCustomer);
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));

    private static string? Phone(string? phone) =>
        phone is { Length: 13 } && phone.StartsWith(India, StringComparison.Ordinal) && phone[^IndianDigits..].All(char.IsAsciiDigit)
            ? phone[^IndianDigits..] : null;

    private static string? Part(string? text) => text is null ? null : Text(text, LongestPart);

    private static string? Text(string text, int longest) => text.Length < ShortestText ? null : text.UpTo(longest);
}
