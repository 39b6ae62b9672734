using System.Net.Http.Headers;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Twilio;

/// <summary>Makes requests as Twilio wants them: HTTP Basic, and the account in every path.</summary>
/// <remarks>Source: https://www.twilio.com/docs/iam/api and https://www.twilio.com/docs/iam/api-keys.</remarks>
internal static class TwilioMessage
{
    public const string WhatsAppPrefix = "whatsapp:";

    /// <summary>The address of something of the account, for example <c>Messages.json</c>.</summary>
    public static string Path(Connection connection, string resource) =>
        $"2010-04-01/Accounts/{Uri.EscapeDataString(connection.Value("account_sid"))}/{resource}";

    public static string AccountPath(Connection connection) =>
        $"2010-04-01/Accounts/{Uri.EscapeDataString(connection.Value("account_sid"))}.json";

    /// <summary>With the API key when one was entered, else with the auth token.</summary>
    public static HttpRequestMessage Create(HttpMethod method, string path, Connection connection) =>
        FindApiKey(connection) is { } apiKey
            ? new HttpRequestMessage(method, path) { Headers = { Authorization = apiKey } }
            : CreateWithToken(method, path, connection);

    public static HttpRequestMessage CreateWithToken(HttpMethod method, string path, Connection connection) => new(method, path)
    {
        Headers = { Authorization = BasicAuthentication.Of(connection.Value("account_sid"), connection.Secret("auth_token")) },
    };

    public static bool HasApiKey(Connection connection) => FindApiKey(connection) is not null;

    private static AuthenticationHeaderValue? FindApiKey(Connection connection) =>
        connection.FindValue("api_key_sid") is { Length: > 0 } sid && connection.FindSecret("api_key_secret") is { } secret
            ? BasicAuthentication.Of(sid, secret)
            : null;
}
