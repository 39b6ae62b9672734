using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Square;

/// <summary>Makes requests as Square wants them: token and version. Idempotency keys are part of the bodies.</summary>
/// <remarks>Source: https://developer.squareup.com/docs/build-basics/versioning-overview.</remarks>
internal static class SquareMessage
{
    /// <summary>Records and mapping were read for that one; webhook subscriptions are made for it, too.</summary>
    public const string Version = "2025-08-20";

    public static HttpRequestMessage Get(string path, Connection connection) => Make(HttpMethod.Get, path, connection);

    public static HttpRequestMessage Delete(string path, Connection connection) => Make(HttpMethod.Delete, path, connection);

    public static HttpRequestMessage Post<T>(string path, T body, JsonTypeInfo<T> json, Connection connection)
    {
        var message = Make(HttpMethod.Post, path, connection);
        message.Content = JsonContent.Create(body, json);
        return message;
    }

    public static string LocationOf(Connection connection) => connection.Value("location_id");

    private static HttpRequestMessage Make(HttpMethod method, string path, Connection connection)
    {
        var message = new HttpRequestMessage(method, path)
        {
            Headers = { Authorization = new("Bearer", connection.Secret("access_token").Reveal()) },
        };
        message.Headers.Add("Square-Version", Version);
        return message;
    }
}
