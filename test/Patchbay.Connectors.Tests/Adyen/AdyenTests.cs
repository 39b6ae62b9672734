using System.Text.Json.Nodes;
using Patchbay.Connectors.Adyen;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers, and the signature's worked examples, are in <c>Recordings/adyen.yaml</c>.</summary>
public sealed class AdyenTests() : PaymentConnectorContract("adyen")
{
    private const string Key = "DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00";

    /// <summary>Adyen's examples, one or more for each event code.</summary>
    private static readonly JsonObject Examples = SpecFile.ReadJson("adyen-webhooks.json");

    public static TheoryData<string> Events => [.. Examples.Select(example => example.Key)];

    [Fact]
    public void An_item_is_signed_as_by_Adyens_own_library()
    {
        var item = new AdyenItem(
            "EVENT", "pspReference", "originalReference", "merchantAccount", "reference", new AdyenAmount("EUR", 1000), Success: "true");

        Assert.Equal("ipnxGCaUZ4l8TUW75a71/ghd2Fe5ffvX0pV4TLTntIc=", Convert.ToBase64String(AdyenSignature.Sign(item, new Secret(Key))));
    }

    [Theory]
    [InlineData("EUR", 1099, 1099L)]
    [InlineData("JPY", 1000, 1000L)]
    [InlineData("KRW", 1000, 1000L)]
    [InlineData("KWD", 1500, 1500L)]
    [InlineData("BHD", 1501, 1501L)]
    [InlineData("CLP", 1000, 100_000L)]
    [InlineData("CVE", 1200, 12L)]
    [InlineData("CVE", 1250, null)]
    [InlineData("IDR", 1_000_000, null)]
    [InlineData("ISK", 1000, null)]
    public void Amounts_go_there_and_back(string currency, long minor, long? wire)
    {
        var money = new Money(minor, Currency.Parse(currency));

        Assert.Equal(wire is { } value ? new AdyenAmount(currency, value) : null, AdyenAmounts.ToWire(money));
        if (wire is not null)
            Assert.Equal(money, AdyenAmounts.FromWire(new AdyenAmount(currency, wire)));
    }

    /// <summary>What is left out is what would be a hundredfold, or a hundredth, if it was guessed wrongly.</summary>
    [Fact]
    public void Routing_offers_no_currency_whose_decimals_are_unconfirmed() =>
        Assert.All(Provider.Manifest.Currencies, code => Assert.NotNull(AdyenAmounts.ToWire(new Money(100, Currency.Parse(code)))));

    [Fact]
    public async Task In_live_mode_each_company_has_a_host_of_its_own_for_payments_and_all_have_one_for_webhooks()
    {
        var fake = new FakeProvider().Answers("{}").Answers("{}", 500);
        var http = fake.Http(baseUrl: Provider.Manifest.BaseUrls.Live.AbsoluteUri, isElsewhere: false);

        foreach (var word in new[] { "verify_credentials", "register_webhook" })
            await ContractMethod.Named(word).CallAsync(Provider, http, Provider.Connect(IntegrationMode.Live), null, Token);

        Assert.Equal(
            [
                "https://1797a841fbb37ca7-AcmeECOM-checkout-live.adyenpayments.com/checkout/v71/paymentMethods",
                "https://management-live.adyen.com/v3/merchants/AcmeECOM/webhooks?pageNumber=1&pageSize=100",
            ],
            fake.Requests.Select(request => request.Uri.OriginalString), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The recordings' all come with basic authentication, since they are also tried without a header.</summary>
    [Fact]
    public void Basic_authentication_is_demanded_once_it_was_entered()
    {
        var signed = Genuine.First();
        var bare = Request(signed) with { Headers = new Dictionary<string, string>() };
        var other = bare with { Headers = new Dictionary<string, string> { ["Authorization"] = "Basic aHViOm90aGVyLTAxMjM0NTY=" } };

        Assert.True(Receiver.IsGenuine(bare, Provider.Connect()));
        Assert.False(Receiver.IsGenuine(bare, Connection(signed)));
        Assert.False(Receiver.IsGenuine(other, Connection(signed)));
    }

    [Fact]
    public void Every_item_has_to_be_signed()
    {
        var body = (JsonObject)Genuine.First()["body"]!;
        var items = (JsonArray)body["notificationItems"]!;
        items.Add(items[0]!.DeepClone());
        Assert.True(Receiver.IsGenuine(Of(body), Provider.Connect()));

        items[1]!["NotificationRequestItem"]!["success"] = "false";
        Assert.False(Receiver.IsGenuine(Of(body), Provider.Connect()));
    }

    [Fact]
    public void Repeats_are_known_by_what_they_tell_however_late_and_Adyen_is_answered_what_it_wants()
    {
        var late = Of((JsonObject)Genuine.First()["body"]!) with { ReceivedAt = Webhooks.Noon.AddDays(30) };   // so long it tries
        Assert.True(Receiver.IsGenuine(late, Provider.Connect()));
        Assert.Equal("QFQTPCQ8HXSKGK82:AUTHORISATION:true", Receiver.EventId(late));
        var item = (JsonObject)Genuine.First()["body"]!;
        var first = Receiver.EventId(Of(item));
        item["notificationItems"]![0]!["NotificationRequestItem"]!["reason"] = "sent once more";
        var again = Receiver.EventId(Of(item));
        item["notificationItems"]![0]!["NotificationRequestItem"]!["success"] = "false";

        Assert.Equal("QFQTPCQ8HXSKGK82:AUTHORISATION:true", first);
        Assert.Equal(first, again);
        Assert.NotEqual(first, Receiver.EventId(Of(item)));
        Assert.Equal("[accepted]"u8.ToArray(), Receiver.Acknowledge(Of(item), Provider.Connect()).Body.ToArray());
    }

    /// <summary>For a merchant account of the integration's, and as if they were about what the hub made.</summary>
    [Theory]
    [MemberData(nameof(Events))]
    public void Adyens_own_examples_are_understood(string code) => Assert.All((JsonArray)Examples[code]!, example =>
    {
        var item = example!["notificationItems"]![0]!["NotificationRequestItem"]!;
        (item["merchantAccountCode"], item["merchantReference"]) = ("AcmeECOM", code.StartsWith("REFUND", StringComparison.Ordinal)
            ? "ref_01" : "pay_01");

        var told = Receiver.Read(Of((JsonObject)example), Provider.Connect());

        if (code == "PAYOUT_THIRDPARTY")
            Assert.Empty(told);
        else
            Assert.Equal(code.StartsWith("REFUND", StringComparison.Ordinal) ? "refund" : "payment", Assert.Single(told).Kind);
    });

    [Fact]
    public async Task The_double_captures_a_part_gives_the_rest_back_and_says_so_by_webhook_alone()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var handle = await ReservedAsync(there, "pay_01", "10.99 EUR");

        var capture = new JsonObject { ["payment"] = handle.DeepClone(), ["amount"] = "4.00 EUR" };
        var received = (PaymentState)(await there.CallAsync("capture_payment", capture, Token)).Value!;
        var captured = await there.ToldAsync<PaymentEvent>(one => one.State.Status == PaymentStatus.Succeeded, Token);
        var read = (PaymentState)(await there.CallAsync("verify_payment", handle, Token)).Value!;
        capture["idempotency_key"] = "key_05";
        var again = (await there.CallAsync("capture_payment", capture, Token)).Error;
        var refused = await there.ToldAsync<PaymentEvent>(
            one => one.State is { Status: PaymentStatus.Authorized, Failure: not null }, Token);

        Assert.Equal((PaymentStatus.Processing, "4.00 EUR"), (received.Status, captured.State.Captured?.ToString()));
        Assert.Equal((PaymentStatus.Processing, "pay_01"), (read.Status, captured.HubReference));
        Assert.Equal((null, "pay_01"), (again, refused.HubReference));
    }

    /// <summary>Which is then not for an integration in sandbox mode.</summary>
    [Fact]
    public async Task The_double_plays_the_live_hosts_too_and_its_webhooks_say_so()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var live = there.Connection with { Mode = IntegrationMode.Live };

        Assert.Null((await there.CallAsync("verify_credentials", null, Token, live)).Error);
        Assert.Null((await there.CallAsync("initiate_payment", null, Token, live)).Error);

        Assert.Contains("(live: true)", (await there.ToldAsync<ForeignEvent>(_ => true, Token)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_double_ends_links_and_gives_reservations_up()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var handle = await ReservedAsync(there, "pay_01", "10.99 EUR");
        there.Sandbox.Autopay = false;
        var second = new JsonObject { ["payment_id"] = "pay_02", ["idempotency_key"] = "key_09" };
        var open = (PaymentState)(await there.CallAsync("initiate_payment", second, Token)).Value!;

        var given = (PaymentState)(await there.CallAsync("cancel_payment", new JsonObject { ["payment"] = handle }, Token)).Value!;
        var ended = (PaymentState)(await there.CallAsync(
            "cancel_payment", new JsonObject { ["payment"] = Data(open), ["idempotency_key"] = "key_08" }, Token)).Value!;
        var canceled = await there.ToldAsync<PaymentEvent>(one => one.State.Status == PaymentStatus.Canceled, Token);

        Assert.Equal((PaymentStatus.Authorized, PaymentStatus.Canceled), (given.Status, ended.Status));
        Assert.Equal("pay_01", canceled.HubReference);
        Assert.False(there.Sandbox.Pay(open.ProviderReference), "The link still takes money.");
    }

    [Fact]
    public async Task The_double_tells_of_a_dispute_and_of_a_refund_that_fails()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        await there.CallAsync("initiate_payment", new JsonObject { ["amount"] = "100.59 EUR" }, Token);

        var disputed = await there.ToldAsync<PaymentEvent>(one => one.State.Disputes.Count > 0, Token);
        var paid = await there.ToldAsync<PaymentEvent>(one => one.State.Status == PaymentStatus.Succeeded, Token);
        var refund = new JsonObject { ["payment"] = Data(paid.State), ["amount"] = "100.20 EUR" };
        await there.CallAsync("process_refund", refund, Token);
        var failed = await there.ToldAsync<RefundEvent>(one => one.State.Status == RefundStatus.Failed, Token);

        Assert.Equal(("pay_01", DisputeStatus.Open), (disputed.HubReference, disputed.State.Disputes[0].Status));
        Assert.Equal(("ref_01", "refund_failed"), (failed.HubReference, failed.State.Failure?.Code));
    }

    [Fact]
    public async Task The_double_signs_with_the_key_that_it_has_generated_and_sends_what_was_entered()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var mine = there.Connection with
        {
            Credentials = new Dictionary<string, string>(there.Connection.Credentials) { ["webhook_username"] = "hub" },
            Secrets = new Dictionary<string, Secret>(there.Connection.Secrets) { ["webhook_password"] = new("from-adyen-0123") },
        };

        var made = (WebhookRegistration)(await there.CallAsync("register_webhook", null, Token, mine)).Value!;
        var again = (WebhookRegistration)(await there.CallAsync("register_webhook", null, Token, mine)).Value!;
        await there.CallAsync("initiate_payment", null, Token);
        mine = mine with { Secrets = new Dictionary<string, Secret>(mine.Secrets) { ["hmac_key"] = again.Secret! } };
        Assert.True(await there.IsGenuineAsync(Token, mine));
        var removed = await there.CallAsync("remove_webhook", new JsonObject { ["reference"] = again.Reference }, Token, mine);

        Assert.Equal((made.Reference, 64), (again.Reference, again.Secret!.Reveal().Length));
        Assert.NotEqual(made.Secret, again.Secret);
        Assert.Null(removed.Error);
        Assert.False(await there.IsGenuineAsync(Token), "It is still signed with the key of before.");
    }

    private static async Task<JsonObject> ReservedAsync(AgainstDouble there, string payment, string amount)
    {
        var asked = new JsonObject { ["payment_id"] = payment, ["amount"] = amount, ["capture"] = "manual" };
        await there.CallAsync("initiate_payment", asked, TestContext.Current.CancellationToken);
        return Data((await there.ToldAsync<PaymentEvent>(
            one => one.State.Status == PaymentStatus.Authorized, TestContext.Current.CancellationToken)).State);
    }

    private static JsonObject Data(PaymentState state) =>
        new() { ["provider_reference"] = state.ProviderReference, ["provider_data"] = ContractJson.Write(state.ProviderData) };

    private static WebhookRequest Of(JsonObject body) => Webhooks.Post("https://hub.example/x", body.ToJsonString());
}
