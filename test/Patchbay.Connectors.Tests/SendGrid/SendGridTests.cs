using Patchbay.Connectors.SendGrid;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers is in <c>Recordings/sendgrid.yaml</c>.</summary>
public sealed class SendGridTests() : MessageConnectorContract("sendgrid")
{
    [Theory]
    [InlineData("eu", "https://api.eu.sendgrid.com/v3/scopes")]
    [InlineData("global", "v3/scopes")]
    public void Accounts_of_the_EU_region_have_a_host_of_their_own(string region, string address)
    {
        var connection = Provider.Connect();
        var credentials = new Dictionary<string, string>(connection.Credentials) { ["region"] = region };

        using var message = SendGridMessage.Create(HttpMethod.Get, "v3/scopes", connection with { Credentials = credentials });

        Assert.Equal(address, message.RequestUri!.OriginalString);
    }
}
