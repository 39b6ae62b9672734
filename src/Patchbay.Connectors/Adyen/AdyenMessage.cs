using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Adyen;

/// <summary>Makes requests as Adyen wants them: to the host of the API, with the key, and the idempotency key.</summary>
/// <remarks>Source: https://docs.adyen.com/development-resources/live-endpoints and .../api-idempotency.</remarks>
internal static class AdyenMessage
{
    public const string LivePrefix = "live_url_prefix";

    /// <summary>Of the Checkout API, whose live host is the company's own.</summary>
    public static HttpRequestMessage Checkout(HttpMethod method, string path, Connection connection, string? idempotencyKey = null)
    {
        // Credentials without the prefix are refused before anything is asked with them in live mode.
        var host = connection.Mode == IntegrationMode.Sandbox
            ? "https://checkout-test.adyen.com"
            : $"https://{connection.Value(LivePrefix)}-checkout-live.adyenpayments.com/checkout";
        var message = Make(method, $"{host}/v71/{path}", connection);
        // A repeat under the same key gets the first answer, for at least 7 days. At most 64 characters.
        if (idempotencyKey is not null)
            message.Headers.Add("Idempotency-Key", idempotencyKey);
        return message;
    }

    /// <summary>Of the Management API, about the merchant account.</summary>
    public static HttpRequestMessage Management(HttpMethod method, string path, Connection connection) =>
        Make(method, $"v3/merchants/{Uri.EscapeDataString(MerchantOf(connection))}/{path}", connection);

    public static HttpRequestMessage With<T>(this HttpRequestMessage message, T body, JsonTypeInfo<T> json)
    {
        message.Content = JsonContent.Create(body, json);
        return message;
    }

    public static string MerchantOf(Connection connection) => connection.Value("merchant_account");

    private static HttpRequestMessage Make(HttpMethod method, string address, Connection connection) =>
        new(method, address) { Headers = { { "X-API-Key", connection.Secret("api_key").Reveal() } } };
}
