using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers is in <c>Recordings/mollie.yaml</c>.</summary>
public sealed class MollieTests() : PaymentConnectorContract("mollie")
{
    private static readonly (string, string) Form = ("Content-Type", "application/x-www-form-urlencoded");

    [Fact]
    public async Task A_classic_webhook_leads_to_exactly_one_question()
    {
        var hint = Assert.IsType<PaymentHint>(
            Assert.Single(Receiver.Read(Webhooks.Post("https://hub.example/x", "id=tr_test1", Form), Provider.Connect())));
        var fake = new FakeProvider().Answers("""{"id":"tr_test1","status":"paid","amount":{"currency":"EUR","value":"10.99"}}""");

        await ContractMethod.Named("verify_payment").CallAsync(
            Provider, fake.Http(), Provider.Connect(), new JsonObject { ["provider_reference"] = hint.ProviderReference }, Token);

        Assert.Equal((HttpMethod.Get, "/v2/payments/tr_test1"), (fake.Request.Method, fake.Request.Uri.AbsolutePath));
    }

    [Fact]
    public void Classic_webhooks_are_told_apart_and_repeats_of_events_are_not()
    {
        var classic = Webhooks.Post("https://hub.example/x", "id=tr_1", Form);
        var signed = Webhooks.Post(
            "https://hub.example/x", """{"id":"event_1","type":"payment.paid","entityId":"tr_1"}""", ("X-Mollie-Signature", "00"));

        Assert.NotEqual(Receiver.EventId(classic), Receiver.EventId(Later(classic)));
        Assert.Equal(Receiver.EventId(signed), Receiver.EventId(Later(signed)));

        static WebhookRequest Later(WebhookRequest request) =>
            request with { ReceivedAt = request.ReceivedAt + TimeSpan.FromTicks(1) };
    }

    /// <summary>Each address is told what is meant for it: the payment's own a hint, the subscription the event.</summary>
    [Fact]
    public async Task The_double_reports_to_the_address_that_a_payment_brings()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var asked = new JsonObject { ["return_url"] = "https://shop.example/thanks" };

        var begun = (PaymentState)(await there.CallAsync("initiate_payment", asked, Token)).Value!;

        Assert.Equal(begun.ProviderReference, (await there.ToldAsync<PaymentHint>(_ => true, Token)).ProviderReference);
        await there.ToldAsync<PaymentEvent>(one => one.State.Status == PaymentStatus.Succeeded, Token);
    }

    [Fact]
    public async Task The_double_captures_a_part_and_tells_of_a_chargeback()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var asked = new JsonObject { ["return_url"] = "https://shop.example/thanks", ["capture"] = "manual", ["amount"] = "100.59 EUR" };
        var begun = (PaymentState)(await there.CallAsync("initiate_payment", asked, Token)).Value!;
        await there.ToldAsync<PaymentEvent>(one => one.State.Status == PaymentStatus.Authorized, Token);
        var handle = new JsonObject { ["provider_reference"] = begun.ProviderReference, ["amount"] = "100.59 EUR" };

        var captured = (PaymentState)(await there.CallAsync(
            "capture_payment", new JsonObject { ["payment"] = handle.DeepClone(), ["amount"] = "40.00 EUR" }, Token)).Value!;
        var found = (PaymentState)(await there.CallAsync("look_up_payment", asked, Token)).Value!;
        await Eventually(async () => ((PaymentState)(await there.CallAsync("verify_payment", handle, Token)).Value!).Disputes.Count > 0);

        Assert.Equal((PaymentStatus.Succeeded, "40.00 EUR"), (captured.Status, captured.Captured?.ToString()));
        Assert.Equal((begun.ProviderReference, "40.00 EUR"), (found.ProviderReference, found.Captured?.ToString()));
    }

    [Fact]
    public async Task An_access_token_subscribes_to_signed_webhooks()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var token = there.Connection with
        {
            Credentials = new Dictionary<string, string> { ["profile_id"] = "pfl_1" },
            Secrets = new Dictionary<string, Secret> { ["api_key"] = new("access_example000000000000000000") },
        };

        var made = (WebhookRegistration)(await there.CallAsync("register_webhook", null, Token, token)).Value!;
        var again = await there.CallAsync("register_webhook", null, Token, token);
        var refused = await there.CallAsync("register_webhook", null, Token);

        Assert.True(made.Secret!.Reveal().Length >= 16);
        Assert.Null(again.Error);
        Assert.Equal(FailureCause.Authentication, refused.Error?.Cause);
    }

    private async Task Eventually(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.True(tries < 500, "It did not come.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
        }
    }
}
