using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Vonage;

/// <summary>Makes requests as Vonage wants them: HTTP Basic with key and secret.</summary>
/// <remarks>Source: https://developer.vonage.com/en/getting-started/concepts/authentication.</remarks>
internal static class VonageMessage
{
    public static HttpRequestMessage Create(HttpMethod method, string address, Connection connection) => new(method, address)
    {
        Headers =
        {
            Authorization = BasicAuthentication.Of(connection.Value("api_key"), connection.Secret("api_secret")),
            Accept = { new("application/json") },
        },
    };

    /// <summary>Numbers go without the plus; alphanumeric senders as they are.</summary>
    public static string Number(string sender) => PhoneNumber.TryParse(sender, out var number) ? number.Digits : sender;
}
