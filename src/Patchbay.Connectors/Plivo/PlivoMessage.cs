using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Plivo;

/// <summary>Makes requests as Plivo wants them: HTTP Basic, JSON, and a slash at the end of every path.</summary>
/// <remarks>Source: https://docs.plivo.com/docs/messaging/api and plivo-python's client.</remarks>
internal static class PlivoMessage
{
    /// <param name="resource">Below the account, for example <c>Message/</c>; empty for the account itself.</param>
    public static HttpRequestMessage Create(HttpMethod method, string resource, Connection connection)
    {
        var id = connection.Value("auth_id");
        return new HttpRequestMessage(method, $"v1/Account/{Uri.EscapeDataString(id)}/{resource}")
        {
            Headers = { Authorization = BasicAuthentication.Of(id, connection.Secret("auth_token")), Accept = { new("application/json") } },
        };
    }

    /// <summary>Numbers go without the plus; short codes and alphanumeric senders as they are.</summary>
    public static string Number(string sender) => PhoneNumber.TryParse(sender, out var number) ? number.Digits : sender;
}
