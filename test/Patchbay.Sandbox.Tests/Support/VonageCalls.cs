using System.Net.Http.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Tests.Support;

internal sealed class VonageCalls(SandboxUnderTest sandbox) : VendorCalls(sandbox, "vonage", "", Basic(ApiKey, "example-api-secret"))
{
    public const string ApiKey = "abcd1234";

    public static readonly Secret SignatureSecret = new("9f8e7d6c5b4a39281706f5e4d3c2b1a0");

    /// <summary>Makes the secret known that signs callbacks.</summary>
    public void Connect() => Assert.True(Sandbox.Server.Connect(
        "vonage", new Dictionary<string, string> { ["api_key"] = ApiKey, ["signature_secret"] = SignatureSecret.Reveal() },
        Sandbox.Receiver.Url));

    public Task<Answer> SendAsync(
        string to = "14155550123", Uri? callback = null, string text = "Your order has shipped", string channel = "sms") => CallAsync(
        HttpMethod.Post, "v1/messages", JsonContent.Create(new
        {
            channel, message_type = "text", to, from = "14155550100", text, client_ref = "msg_1", webhook_url = callback, webhook_version = "v1",
        }));
}
