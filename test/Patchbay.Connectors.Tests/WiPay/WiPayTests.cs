using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Tests.Contracts;
using Patchbay.Connectors.WiPay;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers, and the worked examples of its signatures, are in <c>Recordings/wipay.yaml</c>.</summary>
public sealed class WiPayTests() : PaymentConnectorContract("wipay")
{
    private protected override bool ReportsRefunds => false;

    private protected override bool RefundsInPart => false;

    /// <summary>The first is the vendor's own example, the second was computed apart from this code.</summary>
    [Theory]
    [InlineData("SB-12-1-oid_123-aBc-20210616024001", "10.00", "3d34d20260f7433ceee277e9ed9166a3")]
    [InlineData("SB-77-1-ord-1001-20250101120000", "1500.00", "82fb9989074f1370248888d8a1c05494")]
    public void A_return_is_hashed_over_what_was_asked_for_to_the_letter(string transaction, string total, string hash)
    {
        var shared = Provider.Connect(IntegrationMode.Sandbox, new JsonObject { ["api_key"] = null });

        Assert.Equal(hash, Convert.ToHexStringLower(WiPayHash.OfReturn(transaction, total, new Secret("123"))));
        Assert.True(WiPayHash.IsPaid(transaction, total, hash, shared));
        Assert.False(WiPayHash.IsPaid(transaction, total.TrimEnd('0'), hash, shared));
        Assert.False(WiPayHash.IsPaid(transaction, total, hash, shared with { Mode = IntegrationMode.Live }));
    }

    /// <summary>Computed apart from this code: what the newer kind may be made of. It proves nothing.</summary>
    [Fact]
    public void The_longer_hash_is_not_believed() => Assert.False(WiPayHash.IsPaid(
        "SB-77-1-ord-1001-20250101120000", "1500.00", "2445661502411835f115864e8b806d8247984cefc15e05d739814209619f69de",
        Provider.Connect(IntegrationMode.Sandbox, new JsonObject { ["api_key"] = null })));

    [Theory]
    [InlineData("JM", IntegrationMode.Live, "https://jm.wipayfinancial.com/")]
    [InlineData("JM", IntegrationMode.Sandbox, "https://jmsb.wipayfinancial.com/")]
    [InlineData("TT", IntegrationMode.Live, "https://tt.wipayfinancial.com/")]
    [InlineData("BB", IntegrationMode.Sandbox, "https://bbsb.wipayfinancial.com/")]
    [InlineData("GD", IntegrationMode.Live, "https://gd.wipayfinancial.com/")]
    [InlineData("GY", IntegrationMode.Sandbox, "https://gysb.wipayfinancial.com/")]
    public async Task Each_country_has_its_hosts(string country, IntegrationMode mode, string host)
    {
        var fake = new FakeProvider().Answers("""{"data":[]}""");
        var connection = Provider.Connect(mode, new JsonObject { ["country_code"] = country });

        await ContractMethod.Named("verify_credentials").CallAsync(
            Provider, fake.Http(isElsewhere: false), connection, null, Token);

        Assert.StartsWith(host + "wapi/", fake.Request.Uri.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_WiPay_would_cut_is_refused()
    {
        var fake = new FakeProvider();
        var connection = Provider.Connect() with { WebhookUrl = new Uri("https://hub.example/" + new string('a', 200)) };

        var told = await ContractMethod.Named("initiate_payment").CallAsync(Provider, fake.Http(), connection, null, Token);

        Assert.Equal("address_too_long", told.Error?.Code);
        Assert.Empty(fake.Requests);
    }

    /// <summary>Only to where the hub has signed that they go, and nowhere but by http.</summary>
    [Fact]
    public void Customers_are_sent_on_to_the_callers_address()
    {
        foreach (var row in Recorded.Signatures.Where(one => one["method"]?.ToString() == "GET" && one["mode"] is null))
        {
            var answer = Receiver.Acknowledge(Request(row), Connection(row));
            var goesOn = row["genuine"]!.GetValue<bool>() && row["url"]!.ToString().Contains("return", StringComparison.Ordinal);
            Assert.Equal(
                goesOn ? (303, "https://shop.example/thanks?cart=7") : (200, null),
                (answer.Status, answer.Headers.GetValueOrDefault("Location")));
        }
    }

    [Fact]
    public async Task The_double_gives_all_back_or_refuses_it_later()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var begun = (PaymentState)(await there.CallAsync(
            "initiate_payment", new JsonObject { ["amount"] = "100.20 JMD" }, Token)).Value!;
        await there.ToldAsync<PaymentEvent>(one => one.State.Status == PaymentStatus.Succeeded, Token);
        var payment = new JsonObject { ["provider_reference"] = begun.ProviderReference, ["amount"] = "100.20 JMD" };
        var whole = new JsonObject { ["payment"] = payment, ["amount"] = "100.20 JMD" };

        var part = await there.CallAsync("process_refund", new JsonObject { ["payment"] = payment.DeepClone() }, Token);
        var asked = (RefundState)(await there.CallAsync("process_refund", whole, Token)).Value!;
        RefundState refused;
        do
        {
            refused = (RefundState)(await there.CallAsync(
                "verify_refund", new JsonObject { ["payment"] = payment.DeepClone() }, Token)).Value!;
        }
        while (refused.Status == RefundStatus.Pending);

        Assert.Equal("partial_refund_not_supported", part.Error?.Code);
        Assert.Equal((RefundStatus.Pending, RefundStatus.Failed), (asked.Status, refused.Status));
    }
}
