using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Razorpay;

/// <summary>Makes requests as Razorpay wants them. Only refunds and payouts take an idempotency key, each in a header of its own.</summary>
internal static class RazorpayMessage
{
    /// <summary>10 or more letters, digits, dashes, underscores. https://razorpay.com/docs/api/refunds/normal-refunds-idempotent/</summary>
    public const string RefundKey = "X-Refund-Idempotency";

    /// <summary>4 to 36 of the same. https://razorpay.com/docs/api/x/payout-idempotency/make-request/</summary>
    public const string PayoutKey = "X-Payout-Idempotency";

    public static HttpRequestMessage Get(string path, Connection connection) =>
        Authorized(new HttpRequestMessage(HttpMethod.Get, path), connection);

    public static HttpRequestMessage Post<T>(
        string path, T body, JsonTypeInfo<T> json, Connection connection, (string Header, string Key)? idempotency = null)
    {
        var message = Authorized(new HttpRequestMessage(HttpMethod.Post, path), connection);
        if (idempotency is { } once)
            message.Headers.Add(once.Header, once.Key);
        message.Content = JsonContent.Create(body, json);
        return message;
    }

    /// <summary>A path with an id in it.</summary>
    public static string Path(string collection, string id, string rest = "") => $"v1/{collection}/{Uri.EscapeDataString(id)}{rest}";

    private static HttpRequestMessage Authorized(HttpRequestMessage message, Connection connection)
    {
        message.Headers.Authorization = BasicAuthentication.Of(connection.Value("key_id"), connection.Secret("key_secret"));
        return message;
    }
}
