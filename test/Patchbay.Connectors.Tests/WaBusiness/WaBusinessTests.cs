using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Tests.Contracts;
using Patchbay.Connectors.WaBusiness;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers is in <c>Recordings/wa_business.yaml</c>.</summary>
public sealed class WaBusinessTests() : MessageConnectorContract("wa_business")
{
    private const string Address = "https://hub.example/api/webhooks/wa_business";

    /// <summary>Computed apart from this code.</summary>
    [Fact]
    public void The_app_secret_is_proved_with_the_token() => Assert.Equal(
        "90ebdaa6e59538ed6730bcc524b5c57ccbc60d33908688f9fc219e9d6eeee808",
        WaBusinessMessage.Proof(new Secret("0123456789abcdef0123456789abcdef"), new Secret("EAABtesttoken")));

    [Theory]
    [InlineData("GET", "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=example-verify-token", "1158201444")]
    [InlineData("GET", "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=example-verify-tokens", null)]
    [InlineData("GET", "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=", null)]
    [InlineData("GET", "?hub.mode=subscribe&hub.challenge=1158201444", null)]
    [InlineData("GET", "?hub.mode=subscribe&hub.challenge=&hub.verify_token=example-verify-token", null)]
    [InlineData("GET", "?hub.mode=unsubscribe&hub.challenge=1158201444&hub.verify_token=example-verify-token", null)]
    [InlineData("GET", "", null)]
    [InlineData("POST", "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=example-verify-token", null)]
    public void The_address_is_shown_to_be_ours_to_who_has_our_token(string method, string query, string? answer)
    {
        var request = method == "GET" ? Webhooks.Get(Address + query) : Webhooks.Post(Address + query, "{}");

        var given = Receiver.Challenge(request, Provider.Connect());

        Assert.Equal(answer, given is null ? null : Encoding.UTF8.GetString(given.Body.Span));
        Assert.Equal(answer is null ? null : "text/plain; charset=utf-8", given?.ContentType);
    }

    [Theory]
    [InlineData("guess")]
    [InlineData("")]
    public void A_token_that_can_be_guessed_opens_nothing(string token) => Assert.Null(Receiver.Challenge(
        Webhooks.Get($"{Address}?hub.mode=subscribe&hub.challenge=1&hub.verify_token={token}"),
        Provider.Connect(changes: new JsonObject { ["verify_token"] = token })));
}
