using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Cashfree;

/// <summary>Makes requests as Cashfree's two APIs want them: each has its keys, and its version.</summary>
internal static class CashfreeMessage
{
    /// <summary>The versions that the records were read for.</summary>
    private const string PaymentsVersion = "2025-01-01";
    private const string PayoutsVersion = "2024-01-01";

    public static HttpRequestMessage Get(string path, Connection connection) => Payments(HttpMethod.Get, path, connection);

    /// <param name="key">The same key gives the first answer again; null where none is taken.</param>
    public static HttpRequestMessage Send<T>(
        HttpMethod method, string path, T body, JsonTypeInfo<T> json, string? key, Connection connection)
    {
        var message = Payments(method, path, connection);
        if (key is not null)
            message.Headers.Add("x-idempotency-key", key);
        message.Content = JsonContent.Create(body, json);
        return message;
    }

    /// <summary>To Payouts, whose keys have to be there. It takes no idempotency key: a transfer's id is taken once.</summary>
    public static HttpRequestMessage Payouts(HttpMethod method, string path, Connection connection) => Signed(
        new HttpRequestMessage(method, "payout/" + path), connection.Value("payout_client_id"), connection.Secret("payout_client_secret"),
        PayoutsVersion);

    /// <summary>The path of an order, or of what is below it.</summary>
    public static string Order(string id, string rest = "") => $"orders/{Uri.EscapeDataString(id)}{rest}";

    private static HttpRequestMessage Payments(HttpMethod method, string path, Connection connection) => Signed(
        new HttpRequestMessage(method, "pg/" + path), connection.Value("client_id"), connection.Secret("client_secret"), PaymentsVersion);

    private static HttpRequestMessage Signed(HttpRequestMessage message, string id, Secret secret, string version)
    {
        message.Headers.Add("x-client-id", id);
        message.Headers.Add("x-client-secret", secret.Reveal());
        message.Headers.Add("x-api-version", version);
        return message;
    }
}
