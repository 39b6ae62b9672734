using System.Net;
using System.Text.Json;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Stripe;

public sealed class StripePayoutTests
{
    [Theory]
    [InlineData("2000", "paid", null, false)]
    [InlineData("20002", "failed", "could_not_process", false)]
    [InlineData("20004", "failed", "account_closed", true)]
    public async Task A_payout_ends_as_its_amount_says(string amount, string final, string? code, bool isPutBack)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        var begun = await PayOutAsync(stripe, amount);
        Assert.Equal("pending", begun["status"]);
        await Eventually.TrueAsync(async () => (await stripe.GetAsync($"v1/payouts/{begun.Id}"))["status"] == final, () => final);

        var payout = await stripe.GetAsync($"v1/payouts/{begun.Id}");
        Assert.Equal((code, isPutBack), (payout["failure_code"], payout["failure_balance_transaction"] is not null));
        Assert.Equal(1, sandbox.Server.Ledger.PayoutsFor("pyo_1"));
    }

    [Fact]
    public async Task Its_webhooks_tell_each_step()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);
        stripe.ReceiveWebhooks();

        await PayOutAsync(stripe, "20004");
        var told = (await sandbox.Receiver.WaitForAsync(6)).Select(one => JsonDocument.Parse(one.Body).RootElement);

        string[] steps =
        [
            "payout.created pending", "payout.failed failed", "payout.paid paid", "payout.updated failed", "payout.updated in_transit",
            "payout.updated paid",
        ];
        Assert.Equal(
            steps,
            told.Select(one => $"{one.GetProperty("type")} {one.GetProperty("data").GetProperty("object").GetProperty("status")}")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_key_pays_out_once()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => PayOutAsync(stripe, "2000", idempotencyKey: "once")));

        Assert.Single(answers.Where(answer => answer.Status == HttpStatusCode.OK).Select(answer => answer.Id).Distinct());
        Assert.Equal(1, sandbox.Server.Ledger.PayoutsFor("pyo_1"));
    }

    [Theory]
    [InlineData("20095", "eur", "ba_1", "balance_insufficient")]
    [InlineData("20040", "eur", "ba_1", "parameter_invalid_integer")]
    [InlineData("125050", "huf", "ba_1", "parameter_invalid_integer")]
    [InlineData("0", "eur", "ba_1", "amount_too_small")]
    [InlineData("2000", "eur", "acct_1", "resource_missing")]
    public async Task What_Stripe_does_not_pay_out_is_refused(string amount, string currency, string destination, string code)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var stripe = new StripeCalls(sandbox);

        var refused = await PayOutAsync(stripe, amount, currency, destination);

        Assert.Equal(code, refused.Error.GetProperty("code").GetString());
        Assert.Equal(0, sandbox.Server.Ledger.PayoutsFor("pyo_1"));
    }

    private static Task<Answer> PayOutAsync(
        StripeCalls stripe, string amount, string currency = "eur", string destination = "ba_1", string? idempotencyKey = null) =>
        stripe.PostAsync(
            "v1/payouts", idempotencyKey, ("amount", amount), ("currency", currency), ("destination", destination),
            ("metadata[reference]", "pyo_1"));
}
