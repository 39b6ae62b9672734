using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Mollie;

/// <summary>Makes requests as Mollie wants them: key, idempotency key, and the mode where the key does not tell it.</summary>
/// <remarks>Source: https://docs.mollie.com/reference/authentication and https://docs.mollie.com/reference/api-idempotency.</remarks>
internal static class MollieMessage
{
    private const string Key = "api_key";

    /// <summary>An organization's token is of no profile and no mode: both go with each request.</summary>
    public static bool HasAccessToken(Connection connection) =>
        connection.Secret(Key).Reveal().StartsWith("access_", StringComparison.Ordinal);

    /// <summary>Null where the key itself tells the mode, and for live.</summary>
    public static bool? Testmode(Connection connection) =>
        HasAccessToken(connection) && connection.Mode == IntegrationMode.Sandbox ? true : null;

    /// <param name="path">Knows no mode.</param>
    public static HttpRequestMessage Plain(string path, Connection connection) => Make(HttpMethod.Get, path, connection);

    public static HttpRequestMessage Get(string path, Connection connection) =>
        Make(HttpMethod.Get, WithMode(path, connection), connection);

    public static HttpRequestMessage Post<T>(
        string path, T body, JsonTypeInfo<T> json, string? idempotencyKey, Connection connection)
    {
        var message = Make(HttpMethod.Post, path, connection, idempotencyKey);
        message.Content = JsonContent.Create(body, json);
        return message;
    }

    /// <summary>With the mode in the query, as in a GET: whether Mollie would rather read it from a body is unconfirmed.</summary>
    public static HttpRequestMessage Delete(string path, string? idempotencyKey, Connection connection) =>
        Make(HttpMethod.Delete, WithMode(path, connection), connection, idempotencyKey);

    private static string WithMode(string path, Connection connection) =>
        Testmode(connection) is null ? path : path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "testmode=true";

    // A repeat under the same key gets the first answer, for about an hour (unconfirmed): what is older is looked up instead.
    private static HttpRequestMessage Make(HttpMethod method, string path, Connection connection, string? idempotencyKey = null)
    {
        var message = new HttpRequestMessage(method, path)
        {
            Headers = { Authorization = new("Bearer", connection.Secret(Key).Reveal()) },
        };
        if (idempotencyKey is not null)
            message.Headers.Add("Idempotency-Key", idempotencyKey);
        return message;
    }
}
