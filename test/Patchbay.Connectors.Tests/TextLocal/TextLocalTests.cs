using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers is in <c>Recordings/textlocal.yaml</c>.</summary>
public sealed class TextLocalTests() : MessageConnectorContract("textlocal")
{
    private const string Proof = "eba0fb7f3912e0a59bd65ced545487b902a83e87149b11a46fe076c171eca675";

    private static readonly JsonObject Order = new()
    {
        ["message_id"] = "0d3c6f0e", ["to"] = "+447123456789", ["from"] = "Jims Autos",
    };

    [Theory]
    [InlineData("in", "https://api.textlocal.in/send/")]
    [InlineData("uk", "https://api.txtlocal.com/send/")]
    public async Task The_vendors_example_goes_to_the_accounts_own_platform(string region, string address)
    {
        var fake = new FakeProvider().Answers("""
            {"test_mode":false,"balance":1162,"batch_id":136546495,"cost":1,"num_messages":1,
             "message":{"num_parts":1,"sender":"Jims Autos","content":"Your order 1001 has shipped"},"receipt_url":"","custom":"0d3c6f0e",
             "messages":[{"id":"1151346216","recipient":447123456789}],"status":"success","warnings":[{"code":3,"message":"Invalid number"}]}
            """);
        var http = fake.Http(baseUrl: Provider.Manifest.BaseUrls.Live.OriginalString, isElsewhere: false);
        var connection = Provider.Connect(IntegrationMode.Live, new JsonObject { ["region"] = region });

        var told = await ContractMethod.Named("send_sms").CallAsync(Provider, http, connection, Order, Token);

        Assert.Equal(new MessageState("0d3c6f0e", MessageStatus.Queued, 1), told.Value);
        Assert.Equal(address, fake.Request.Uri.AbsoluteUri);
        Assert.Equal(
            "apikey=NTA0ZjQ4%2F%2BYt-4c5d6e7f8a9b0c1%3D%3D&numbers=447123456789&sender=Jims+Autos&message=Your+order+1001+has+shipped"
            + "&custom=0d3c6f0e&receipt_url=https%3A%2F%2Fhub.example%2Fapi%2Fwebhooks%2Fx%2Fint_01%3Fref%3D0d3c6f0e%26token%3D" + Proof
            + "&unicode=false&test=false",
            fake.Request.Body);
    }

    [Fact]
    public void The_vendors_example_of_a_receipt_is_about_the_message_its_address_proves()
    {
        var receipt = Webhooks.Post(
            "https://hub.example/api/webhooks/x/int_01?ref=0d3c6f0e&token=" + Proof,
            "number=447123456789&status=D&customID=0d3c6f0e&datetime=2026-01-01+10%3A00%3A12");

        Assert.True(Receiver.IsGenuine(receipt, Provider.Connect()));
        Assert.Equal(
            [new MessageEvent("0d3c6f0e", new MessageState("0d3c6f0e", MessageStatus.Delivered))],
            Receiver.Read(receipt, Provider.Connect()));
    }

    [Fact]
    public void A_receipt_for_another_integration_is_refused() => Assert.False(Receiver.IsGenuine(
        Webhooks.Post("https://hub.example/api/webhooks/x/int_01?ref=0d3c6f0e&token=" + Proof, "status=D"),
        Provider.Connect() with { IntegrationId = "int_02" }));

    [Fact]
    public async Task The_proof_that_only_the_vendor_may_know_is_in_no_record_of_an_attempt()
    {
        var http = new FakeProvider().Answers($$"""{"receipt_url":"https://hub.example/?token={{Proof}}","status":"failure"}""").Http();

        await ContractMethod.Named("send_sms").CallAsync(Provider, http, Provider.Connect(), Order, Token);

        var exchange = Assert.Single(http.Exchanges);
        Assert.DoesNotContain(Proof, exchange.RequestExcerpt + exchange.ResponseExcerpt, StringComparison.Ordinal);
    }
}
