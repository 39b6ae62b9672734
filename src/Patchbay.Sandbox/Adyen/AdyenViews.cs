using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.Adyen;

/// <summary>
/// Adyen's objects, and its ids: a link and all that is about its payment differ in what stands before 15 letters and digits.
/// </summary>
internal static class AdyenViews
{
    private const string LinkPrefix = "PLE";
    private const int Tail = 15;

    /// <param name="hex">32 hexadecimal digits.</param>
    public static string Link(string hex) => LinkPrefix + TailOf(hex);

    public static string Psp(char kind, string hex) => kind + TailOf(hex);

    /// <summary>The link behind any of its payment's ids.</summary>
    public static string LinkOf(string id) => id.Length < Tail ? id : LinkPrefix + id[^Tail..];

    public static string PaymentOf(GatewayPayment payment) => 'Q' + payment.Id[^Tail..];

    public static string CaptureOf(GatewayPayment payment) => 'C' + payment.Id[^Tail..];

    public static string CancellationOf(GatewayPayment payment) => 'V' + payment.Id[^Tail..];

    public static JsonObject Link(GatewayPayment payment, string page)
    {
        var asked = payment.Order.Asked!;
        var view = new JsonObject
        {
            ["id"] = payment.Id, ["status"] = Status(payment), ["url"] = page, ["amount"] = Write(payment.Amount),
            ["reusable"] = false, ["expiresAt"] = asked["expiresAt"]?.DeepClone() ?? payment.CreatedAt.AddDays(1).ToString("O"),
        };
        foreach (var echoed in new[] { "merchantAccount", "reference", "description", "returnUrl", "metadata", "manualCapture" })
        {
            if (asked[echoed] is { } value)
                view[echoed] = value.DeepClone();
        }

        return view;
    }

    /// <summary>A modification that was received.</summary>
    /// <param name="amount">Null for a cancellation.</param>
    public static JsonObject Received(JsonObject asked, string payment, string psp, Money? amount)
    {
        var view = new JsonObject
        {
            ["merchantAccount"] = asked["merchantAccount"]?.DeepClone(), ["paymentPspReference"] = payment, ["pspReference"] = psp,
            ["status"] = "received",
        };
        if (asked["reference"] is { } reference)
            view["reference"] = reference.DeepClone();
        if (amount is { } money)
            view["amount"] = Write(money);
        return view;
    }

    /// <summary>Null when it is missing, or none of its currency.</summary>
    public static Money? Amount(JsonNode? node) => node is JsonObject amount
        && Currency.TryParse(amount["currency"]?.ToString(), out var currency)
        && amount["value"] is JsonValue value && value.TryGetValue(out long minor)
        && Money.TryFromMajor(minor / Scale(currency), currency, out var money) ? money : null;

    public static JsonObject Write(Money money) =>
        new() { ["currency"] = money.Currency.Code, ["value"] = (long)(money.Amount * Scale(money.Currency)) };

    /// <summary>Two currencies have other decimals than in ISO 4217.</summary>
    private static decimal Scale(Currency currency) =>
        currency.Code switch { "CLP" => 100, "CVE" => 1, _ => currency.MinorUnitsPerMajor };

    private static string Status(GatewayPayment payment) => payment.Status switch
    {
        GatewayStatus.Open => "active",
        GatewayStatus.Processing => "paymentPending",
        GatewayStatus.Authorized or GatewayStatus.Paid => "completed",
        _ => payment.WasAuthorized ? "completed" : "expired",
    };

    private static string TailOf(string hex) => (hex[..5] + hex[^10..]).ToUpperInvariant();
}
