using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PhonePe;

/// <summary>Makes requests as PhonePe wants them. The access token is sent along by <see cref="ProviderHttp"/>.</summary>
internal static class PhonePeMessage
{
    public static HttpRequestMessage Get(string path, Connection connection) =>
        For(connection, new HttpRequestMessage(HttpMethod.Get, path));

    public static HttpRequestMessage Post<T>(string path, T body, JsonTypeInfo<T> json, Connection connection) => For(
        connection, new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, json) });

    /// <param name="order">The hub's id of the payment.</param>
    public static HttpRequestMessage Status(string order, Connection connection) => Get(
        $"checkout/v2/order/{Uri.EscapeDataString(order)}/status?details=false&errorContext=true", connection);

    /// <summary>Only a partner says for whom it acts.</summary>
    private static HttpRequestMessage For(Connection connection, HttpRequestMessage message)
    {
        if (connection.FindValue("merchant_id") is { } merchant)
            message.Headers.Add("X-MERCHANT-ID", merchant);
        return message;
    }
}
