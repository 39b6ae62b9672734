using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Square;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers is in <c>Recordings/square.yaml</c>.</summary>
public sealed class SquareTests() : PaymentConnectorContract("square")
{
    /// <summary>The worked example; its key is too short for an integration.</summary>
    [Fact]
    public void A_webhook_is_signed_with_its_address() => Assert.Equal(
        "roQintlIOwDwxRSkZ2bkly64tHHJGUAUH+wIag8RBUs=",
        Convert.ToBase64String(SquareWebhooks.Sign(
            new Uri("https://hooks.example.com/square"), Request(Genuine.First()).Body, new Secret("square_sig_key"))));

    [Theory]
    [InlineData("https://hub.example/api/webhooks/x/int_01", true)]
    [InlineData("https://hub.example/api/webhooks/x/int_01/", false)]
    [InlineData("https://hub.example/api/webhooks/x/int_02", false)]
    public void What_is_signed_for_another_address_proves_nothing(string address, bool genuine)
    {
        var signed = Genuine.First();

        Assert.Equal(genuine, Receiver.IsGenuine(Request(signed), Connection(signed) with { WebhookUrl = new Uri(address) }));
    }

    [Fact]
    public void A_long_reason_still_ends_in_the_hubs_id()
    {
        var handle = new PaymentHandle("pay_01", "", new Dictionary<string, string>(), new Money(1099, Currency.Parse("USD")));
        var request = new RefundRequest(handle, "ref_01", "key_01", handle.Amount, new string('x', 500));

        var reason = SquareOrders.Refund(request, "P1").Reason;

        Assert.Equal((192, " ref_01"), (reason.Length, reason[^7..]));
    }

    [Fact]
    public async Task The_double_deletes_a_link_once_and_tells_what_was_paid_meanwhile()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        there.Sandbox.Autopay = false;
        var (open, paid) = (await BegunAsync(there, "pay_01"), await BegunAsync(there, "pay_02"));
        Assert.True(there.Sandbox.Pay(paid.ProviderReference));

        var canceled = await CancelAsync(there, open);
        var again = await CancelAsync(there, open);   // its answer was lost
        var kept = await CancelAsync(there, paid);

        Assert.Equal(
            (PaymentStatus.Canceled, PaymentStatus.Canceled, PaymentStatus.Succeeded), (canceled.Status, again.Status, kept.Status));
        Assert.False(there.Sandbox.Pay(open.ProviderReference), "The link still takes money.");
    }

    [Fact]
    public async Task The_double_tells_of_a_dispute_and_of_a_refund_that_fails_later()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        await BegunAsync(there, "pay_01", "100.59 USD");

        var disputed = await there.ToldAsync<PaymentEvent>(one => one.State.Disputes.Count > 0, Token);
        var paid = await there.ToldAsync<PaymentEvent>(one => one.State.Status == PaymentStatus.Succeeded, Token);
        var refund = new JsonObject { ["payment"] = Data(paid.State), ["amount"] = "100.20 USD", ["reason"] = "Chair arrived broken" };
        var begun = (RefundState)(await there.CallAsync("process_refund", refund, Token)).Value!;
        var failed = await there.ToldAsync<RefundEvent>(one => one.State.Status == RefundStatus.Failed, Token);

        Assert.Equal(paid.State.ProviderReference, disputed.State.ProviderReference);
        Assert.Equal((RefundStatus.Pending, "ref_01"), (begun.Status, failed.HubReference));
        Assert.Equal(3.01m, Assert.Single(paid.State.Costs).Amount);
        Assert.Equal(1, there.Sandbox.Ledger.RefundsFor("ref_01"));
    }

    [Fact]
    public async Task The_double_signs_with_the_key_of_the_latest_subscription()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);

        await there.CallAsync("register_webhook", null, Token);
        var again = (WebhookRegistration)(await there.CallAsync("register_webhook", null, Token)).Value!;
        await BegunAsync(there, "pay_01");
        var secrets = new Dictionary<string, Secret>(there.Connection.Secrets) { ["webhook_signature_key"] = again.Secret! };

        Assert.True(await there.IsGenuineAsync(Token, there.Connection with { Secrets = secrets }));
        Assert.False(await there.IsGenuineAsync(Token));
        Assert.Null((await there.CallAsync("remove_webhook", new JsonObject { ["reference"] = again.Reference }, Token)).Error);
    }

    private static async Task<PaymentState> BegunAsync(AgainstDouble there, string payment, string amount = "10.99 USD")
    {
        var asked = new JsonObject { ["payment_id"] = payment, ["idempotency_key"] = "key_" + payment, ["amount"] = amount };
        return (PaymentState)(await there.CallAsync("initiate_payment", asked, TestContext.Current.CancellationToken)).Value!;
    }

    private static async Task<PaymentState> CancelAsync(AgainstDouble there, PaymentState state) => (PaymentState)(await there.CallAsync(
        "cancel_payment", new JsonObject { ["payment"] = Data(state) }, TestContext.Current.CancellationToken)).Value!;

    private static JsonObject Data(PaymentState state) =>
        new() { ["provider_reference"] = state.ProviderReference, ["provider_data"] = ContractJson.Write(state.ProviderData) };
}
