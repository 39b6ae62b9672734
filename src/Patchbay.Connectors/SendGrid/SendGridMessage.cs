using System.Net.Http.Headers;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.SendGrid;

/// <summary>Makes requests as SendGrid wants them: with the API key as bearer token.</summary>
/// <remarks>Source: https://docs.sendgrid.com/for-developers/sending-email/authentication.</remarks>
internal static class SendGridMessage
{
    private const string Europe = "https://api.eu.sendgrid.com/";

    /// <summary>Accounts of the EU region have a host of their own.</summary>
    public static HttpRequestMessage Create(HttpMethod method, string address, Connection connection) =>
        new(method, connection.FindValue("region") == "eu" ? Europe + address : address)
        {
            Headers =
            {
                Authorization = new AuthenticationHeaderValue("Bearer", connection.Secret("api_key").Reveal()),
                Accept = { new("application/json") },
            },
        };
}
