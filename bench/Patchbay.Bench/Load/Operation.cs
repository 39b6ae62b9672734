using System.Globalization;
using System.Text;

namespace Patchbay.Bench.Load;

/// <summary>
/// The request of one operation: an SMS of about 400 bytes for one of the tenants' shops, as raw HTTP. Its number travels in the text, so
/// that the sink knows it again.
/// </summary>
internal static class Operation
{
    public const int Tenants = 50;
    public const int ShopsPerTenant = 20;

    private const string NumberMark = "order no ";
    private static readonly byte[][] Marks = [Encoding.ASCII.GetBytes(NumberMark), "order+no+"u8.ToArray(), "order%20no%20"u8.ToArray()];

    public static string ShopOf(int number) => $"shop-{number / Tenants % ShopsPerTenant}";

    /// <param name="shop">Decides, by the tenant's rules, where it goes.</param>
    public static byte[] Request(string path, string key, string run, int number, string shop, string priority = "normal")
    {
        var body =
            $$$"""{"channel":"sms","to":"+1415{{{5_000_000 + number % 4_000_000}}}","body":"Good news: your {{{NumberMark}}}{{{number:D9}}} has left our house and will be with you the day after tomorrow between eight and ten.","priority":"{{{priority}}}","customer_id":"customer-{{{number % 10_000}}}","event_type":"order.shipped","country":"US","metadata":{"shop":"{{{shop}}}","order":"{{{number}}}","carrier":"post","warehouse":"north-west"}}""";
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: hub\r\nAuthorization: "
                + $"Bearer {key}\r\nIdempotency-Key: {run}-{number}\r\nContent-Type: application/json\r\nContent-Length: "
                + $"{body.Length}\r\n\r\n{body}"));
    }

    /// <summary>-1 when it is none of ours.</summary>
    public static int NumberIn(ReadOnlySpan<byte> body)
    {
        foreach (var mark in Marks)
        {
            if (body.IndexOf(mark) is >= 0 and var at
                && int.TryParse(body.Slice(at + mark.Length, 9), CultureInfo.InvariantCulture, out var number))
                return number;
        }

        return -1;
    }
}
