using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.PowerTranz;

/// <summary>PowerTranz's transactions: a try to pay, and what captured, voided and refunded it. The caller holds the gate.</summary>
internal static class PowerTranzViews
{
    /// <summary>How the double's customers prove who they are: by the code of the payment.</summary>
    private static readonly Dictionary<string, (string Code, string? Status)> Authentications = new()
    {
        ["0031"] = ("3D0", "N"), ["0032"] = ("3D0", "U"), ["0033"] = ("3D1", null), ["0034"] = ("3D3", null),
    };

    private static readonly (string Code, string Number)[] Currencies =
        [("JMD", "388"), ("USD", "840"), ("TTD", "780"), ("BBD", "052"), ("XCD", "951")];

    public static Money? Amount(JsonObject? body) =>
        body?["TotalAmount"] is JsonValue value && value.TryGetValue(out decimal amount)
        && Currency.TryParse(Currencies.FirstOrDefault(pair => pair.Number == body["CurrencyCode"]?.ToString()).Code, out var currency)
        && Money.TryFromMajor(amount, currency, out var money) ? money : null;

    /// <summary>The page is only a way to the sandbox's own.</summary>
    public static JsonObject Opened(GatewayPayment payment, string page)
    {
        var opened = Of(payment.Id, payment, payment.Amount, "SP4", approved: false);
        opened["RedirectData"] = $"<!doctype html><html><meta http-equiv=refresh content=\"0;url={page}\"><a href=\"{page}\">Pay</a>";
        return opened;
    }

    /// <summary>As it is answered when it is completed.</summary>
    public static JsonObject Of(GatewayPayment payment) =>
        Of(payment.Id, payment, payment.Amount, CodeOf(payment), CodeOf(payment) == "00");

    /// <summary>What the browser brings as <c>Response</c>.</summary>
    public static JsonObject Authenticated(GatewayPayment payment, string token)
    {
        var (code, status) = Authentications.GetValueOrDefault(payment.Code ?? "", ("3D0", "Y"));
        var response = Of(payment.Id, payment, payment.Amount, code, approved: false);
        response["SpiToken"] = token;
        if (status is not null)
            response["RiskManagement"] = new JsonObject { ["ThreeDSecure"] = new JsonObject { ["AuthenticationStatus"] = status } };
        return response;
    }

    /// <summary>As it is answered when it is asked about: without whether it was approved.</summary>
    public static JsonObject Asked(GatewayPayment payment) => Asked(Of(payment));

    public static JsonObject Asked(JsonObject answer)
    {
        answer.Remove("Approved");
        return answer;
    }

    /// <param name="name">As the merchant called it.</param>
    public static JsonObject Of(string id, GatewayPayment payment, Money amount, string? name)
    {
        var answer = Of(id, payment, amount, "00", approved: true);
        answer["ExternalIdentifier"] = name;
        return answer;
    }

    private static JsonObject Of(string id, GatewayPayment payment, Money amount, string code, bool approved) => new()
    {
        ["Approved"] = approved, ["TransactionIdentifier"] = id, ["TotalAmount"] = amount.Amount,
        ["CurrencyCode"] = Currencies.First(pair => pair.Code == amount.Currency.Code).Number, ["IsoResponseCode"] = code,
        ["ResponseMessage"] = approved ? "Approved" : code, ["OrderIdentifier"] = payment.Order.Reference,
        ["ExternalIdentifier"] = payment.Order.Label,
    };

    private static string CodeOf(GatewayPayment payment) => payment.Status switch
    {
        GatewayStatus.Open or GatewayStatus.Expired => "SP4",
        GatewayStatus.Approved => "3D0",
        GatewayStatus.Processing => "91",
        GatewayStatus.Failed => "05",
        _ => "00",
    };
}
