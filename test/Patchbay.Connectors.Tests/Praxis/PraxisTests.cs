using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers is in <c>Recordings/praxis.yaml</c>.</summary>
public sealed class PraxisTests() : PaymentConnectorContract("praxis")
{
    [Fact]
    public async Task A_cashier_session_is_signed_as_in_the_worked_example()
    {
        var fake = new FakeProvider().Answers("""{"status":0}""");
        var connection = Provider.Connect(changes: new JsonObject
        {
            ["merchant_id"] = "API-Test", ["application_key"] = "site-1", ["merchant_secret"] = "praxis_test_secret",
        });
        var request = new JsonObject { ["payment_id"] = "ord-1001", ["customer"] = new JsonObject { ["id"] = "player-42" } };

        await ContractMethod.Named("initiate_payment").CallAsync(
            Provider, fake.Http(at: DateTimeOffset.FromUnixTimeSeconds(1735732800)), connection, request, Token);

        Assert.Equal(
            "a34c51d848d85ee755eafad426630f6238dc76418d36acacd03be1d7906448950758c230e76e8b8fa74e8314d1575861",
            fake.Request.Headers["Gt-Authentication"]);
    }

    [Fact]
    public void The_answer_to_a_notification_is_signed_as_in_the_worked_example()
    {
        var connection = Provider.Connect() with
        {
            Secrets = new Dictionary<string, Secret> { ["merchant_secret"] = new("praxis_test_secret") },
        };
        var request = Webhooks.Post("https://hub.example/x", "{}") with { ReceivedAt = DateTimeOffset.FromUnixTimeSeconds(1735732861) };

        var answer = Receiver.Acknowledge(request, connection);

        const string signature =
            "5f745bd7140038af332014379a313960c0a1f2a15f0b842f4536e51201faebcc6aa2a0f108f2734b76fb8217bb3756f1";
        Assert.Equal(
            """{"status":0,"description":"OK","version":"1.3","timestamp":1735732861}""", Encoding.UTF8.GetString(answer.Body.Span));
        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        Assert.All(["Gt-Authentication", "external-request-signature"], name => Assert.Equal(signature, answer.Headers[name]));
    }
}
