using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WiPay;

/// <summary>Makes requests as WiPay wants them: to the host of the merchant's country, the WAPI ones with its key.</summary>
/// <remarks>Source: https://docs.wipayfinancial.com (Payments API 1.0.11, WAPI 2.0.2).</remarks>
internal static class WiPayMessage
{
    public const string WapiKey = "wapi_key";
    private const int LongestAddress = 255;
    private const int LongestData = 4096;

    /// <summary>Null when the hub's own address, or what is given along, is longer than WiPay takes.</summary>
    public static HttpRequestMessage? Open(PaymentRequest request, Secret apiKey, Connection connection)
    {
        var data = WiPayProof.Data(request, apiKey, connection);
        var back = $"{connection.WebhookUrl.OriginalString}?{WiPayProof.Field}={data.Proof}";
        var along = JsonSerializer.Serialize(data, WiPayJson.Default.WiPayData);
        if (back.Length > LongestAddress || along.Length > LongestData)
            return null;
        var form = new FormBody
        {
            { "account_number", connection.Value("account_number") },
            { "country_code", connection.Value("country_code") },
            { "currency", request.Amount.Currency.Code },
            { "environment", Environment(connection) },
            { "fee_structure", connection.Value("fee_structure") },
            { "method", "credit_card_co" },
            { "order_id", request.PaymentId },
            { "origin", "patchbay" },
            { "response_url", back },
            { "total", data.Total },
            { "email", request.Customer?.Email },
            { "name", request.Customer?.Name },
            { "phone", request.Customer?.Phone?.TrimStart('+') },
            { "data", along },
        };
        var message = new HttpRequestMessage(HttpMethod.Post, Address("plugins/payments/request", connection))
        {
            Content = form.ToContent(),
        };
        message.Headers.Accept.ParseAdd("application/json");   // else a redirect is answered
        return message;
    }

    /// <summary>Of WAPI. Null when the integration has no key for it.</summary>
    public static HttpRequestMessage? Wapi(HttpMethod method, string path, Connection connection)
    {
        if (connection.FindSecret(WapiKey) is not { } key)
            return null;
        var message = new HttpRequestMessage(method, Address("wapi/" + path, connection));
        message.Headers.Add("X-WAPI-Key", key.Reveal());
        message.Headers.Accept.ParseAdd("application/json");
        return message;
    }

    public static string Environment(Connection connection) => connection.Mode == IntegrationMode.Live ? "live" : "sandbox";

    private static string Address(string path, Connection connection)
    {
        var host = connection.Value("country_code").ToLowerInvariant() + (connection.Mode == IntegrationMode.Live ? "" : "sb");
        return $"https://{host}.wipayfinancial.com/{path}";
    }
}
