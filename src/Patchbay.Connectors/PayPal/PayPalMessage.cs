using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>Makes requests as PayPal wants them. The access token is sent along by <see cref="ProviderHttp"/>.</summary>
internal static class PayPalMessage
{
    public static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);

    public static HttpRequestMessage Delete(string path) => new(HttpMethod.Delete, path);

    /// <param name="requestId">
    /// The same id gives the first request's latest status: orders for 6 hours, captures, voids and refunds for 45 days, payouts for 30.
    /// Null: none is taken. https://developer.paypal.com/reference/guidelines/idempotency
    /// </param>
    public static HttpRequestMessage Post<T>(string path, T body, JsonTypeInfo<T> json, string? requestId)
    {
        var message = Post(path, requestId);
        message.Content = JsonContent.Create(body, json);
        return message;
    }

    /// <inheritdoc cref="Post{T}"/>
    public static HttpRequestMessage Post(string path, string? requestId)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, path);
        message.Headers.Add("Prefer", "return=representation");   // else the answer has neither captures nor amounts
        if (requestId is not null)
            message.Headers.Add("PayPal-Request-Id", requestId);
        return message;
    }
}
