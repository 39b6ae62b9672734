using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Tests.Contracts;
using Patchbay.Connectors.Twilio;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers is in <c>Recordings/twilio.yaml</c>.</summary>
public sealed class TwilioTests() : MessageConnectorContract("twilio")
{
    /// <summary>With a token that no connection would take.</summary>
    [Fact]
    public void The_signature_of_Twilios_own_tests_is_reproduced()
    {
        const string Body = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
        var headers = new Dictionary<string, string> { ["X-Twilio-Signature"] = "RSOYDt4T1cUTdK1PDd93/VVr8B8=" };
        var request = new WebhookRequest(
            "POST", new Uri("https://mycompany.com/myapp.php?foo=1&bar=2"), headers, Encoding.UTF8.GetBytes(Body), DateTimeOffset.UnixEpoch);

        Assert.True(TwilioSignature.IsGenuine(request, [new Secret("12345")]));
        Assert.False(TwilioSignature.IsGenuine(request, [new Secret("12346")]));
    }
}
