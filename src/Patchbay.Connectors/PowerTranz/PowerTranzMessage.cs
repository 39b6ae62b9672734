using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>Makes requests as PowerTranz wants them: with id and password in headers, but for the completion of a payment.</summary>
/// <remarks>Source: https://developer.powertranz.com.</remarks>
internal static class PowerTranzMessage
{
    public const string Password = "powertranz_password";

    public static HttpRequestMessage Get(string path, Connection connection) => Signed(HttpMethod.Get, path, connection);

    public static HttpRequestMessage Post<T>(string path, T body, JsonTypeInfo<T> json, Connection connection)
    {
        var message = Signed(HttpMethod.Post, path, connection);
        message.Content = JsonContent.Create(body, json);
        return message;
    }

    /// <summary>The token alone says whose payment it is: the id and the password must not go along.</summary>
    public static HttpRequestMessage Complete(string token, Connection connection) =>
        new(HttpMethod.Post, Address("spi/payment", connection)) { Content = JsonContent.Create(token, PowerTranzJson.Default.String) };

    private static HttpRequestMessage Signed(HttpMethod method, string path, Connection connection)
    {
        var message = new HttpRequestMessage(method, Address(path, connection))
        {
            Headers =
            {
                { "PowerTranz-PowerTranzId", connection.Value("powertranz_id") },
                { "PowerTranz-PowerTranzPassword", connection.Secret(Password).Reveal() },
            },
        };
        if (connection.FindSecret("gateway_key") is { } key)
            message.Headers.Add("PowerTranz-GatewayKey", key.Reveal());
        return message;
    }

    private static string Address(string path, Connection connection) => $"{connection.FindValue("base_url")}api/{path}";
}
