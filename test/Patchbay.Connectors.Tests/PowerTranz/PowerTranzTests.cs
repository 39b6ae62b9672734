using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.PowerTranz;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers is in <c>Recordings/powertranz.yaml</c>.</summary>
public sealed class PowerTranzTests() : PaymentConnectorContract("powertranz")
{
    private const string Nobody = "";

    private protected override bool Reports => false;

    /// <summary>Computed apart from this code.</summary>
    [Fact]
    public void An_address_is_proved_by_what_it_is_about() => Assert.Equal(
        "bx8G6IMFHKMexBd9aXL8LsG9q-g0cq-PIvqJLRnM_Ug",
        PowerTranzProof.Of(new Secret("pt_state_secret"), "ord-1001|1500.00|388|0f8fad5b-d9cb-469f-a165-70867728950e"));

    [Fact]
    public void A_password_proves_nothing_by_itself_nor_for_another_integration()
    {
        var (password, one) = (new Secret("example0powertranz0password"), Provider.Connect());

        Assert.NotEqual(password, PowerTranzProof.KeyOf(password, one));
        Assert.NotEqual(PowerTranzProof.KeyOf(password, one), PowerTranzProof.KeyOf(password, one with { IntegrationId = "int_02" }));
    }

    [Theory]
    [InlineData("3D0", "Y", Nobody, Nobody, Nobody)]
    [InlineData("3D0", "A", Nobody, Nobody, Nobody)]
    [InlineData("3D0", "U", "3ds_unavailable", Nobody, "3ds_unavailable")]
    [InlineData("3D0", "N", "3ds_not_authenticated", "3ds_not_authenticated", "3ds_not_authenticated")]
    [InlineData("3D0", "R", "3ds_rejected", "3ds_rejected", "3ds_rejected")]
    [InlineData("3D0", "C", null, null, null)]
    [InlineData("3D0", null, null, null, null)]
    [InlineData("3D1", null, "3ds_not_supported", "3ds_not_supported", Nobody)]
    [InlineData("3D1", "U", "3ds_not_supported", "3ds_not_supported", Nobody)]
    [InlineData("3D1", "N", "3ds_not_authenticated", "3ds_not_authenticated", "3ds_not_authenticated")]
    [InlineData("3D2", "Y", "3ds_failed", "3ds_failed", "3ds_failed")]
    [InlineData("3D3", null, "3ds_failed", "3ds_failed", "3ds_failed")]
    [InlineData("00", "Y", null, null, null)]
    [InlineData(null, null, null, null, null)]
    public void Who_is_charged_is_who_proved_it_or_whom_the_merchant_vouches_for(
        string? code, string? status, string? strict, string? withoutBank, string? withoutSupport)
    {
        Assert.Equal(strict, new PowerTranzAuthentication(false, false).Decide(code, status));
        Assert.Equal(withoutBank, new PowerTranzAuthentication(true, false).Decide(code, status));
        Assert.Equal(withoutSupport, new PowerTranzAuthentication(false, true).Decide(code, status));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(299, 0, true)]
    [InlineData(300, 0, false)]
    [InlineData(0, 1, false)]
    public void A_token_is_good_for_five_minutes_once(int seconds, int uses, bool isGood)
    {
        var agreed = new PowerTranzAgreement("a7a29441-d17b-4b9c-9d24-95eb3a986540", Webhooks.Noon, "to|ken");
        var (key, data) = (uses == 0 ? agreed : agreed.Used()).Data;
        var kept = new PaymentHandle(
            "pay_01", "ref_1", new Dictionary<string, string> { [key] = data! }, new Money(1099, Currency.Parse("JMD")));

        var read = PowerTranzAgreement.Of(kept)!;

        Assert.Equal(uses == 0 ? agreed : agreed.Used(), read);
        Assert.Equal(isGood, read.MayBeUsed(Webhooks.Noon.AddSeconds(seconds)));
    }

    [Fact]
    public void The_page_at_the_end_leaves_the_frame_to_the_signed_address_alone()
    {
        var back = "https://shop.example/thanks?a=1&b=\"><script>";
        var page = PageTo(Uri.EscapeDataString(back));

        Assert.Contains("<a href=\"https://shop.example/thanks?a=1&amp;b=&quot;&gt;&lt;script&gt;\" target=_top>", page.Text);
        Assert.Equal("default-src 'none'; form-action 'none'; base-uri 'none'", page.Answer.Headers["Content-Security-Policy"]);
        Assert.All(["", "javascript:alert(1)", "/thanks"], no => Assert.DoesNotContain("<a ", PageTo(Uri.EscapeDataString(no)).Text));
    }

    [Fact]
    public async Task Neither_the_token_nor_the_page_is_kept_of_an_exchange()
    {
        var fake = new FakeProvider()
            .Answers("""{"IsoResponseCode":"SP4","RedirectData":"<html>hush-page</html>","SpiToken":"hush-first"}""")
            .Answers("""{"IsoResponseCode":"05","Approved":false,"ResponseMessage":"hush-token"}""").Answers("{}", 404);
        var http = fake.Http();

        await CallAsync(http, "initiate_payment", []);
        await CallAsync(http, "complete_payment", new JsonObject
        {
            ["payment"] = new JsonObject { ["provider_data"] = new JsonObject { ["agreed"] = $"x|{Webhooks.Noon.ToUnixTimeSeconds()}|hush-token" } },
        });

        Assert.Equal("\"hush-token\"", fake.Requests[1].Body);
        Assert.DoesNotContain(fake.Requests[1].Headers.Keys, name => name.StartsWith("PowerTranz", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("hush", string.Join('\n', http.Exchanges.Select(one => one.RequestExcerpt + one.ResponseExcerpt)));
    }

    [Theory]
    [InlineData("10.99.0031", "3ds_not_authenticated")]
    [InlineData("10.99.0032", "3ds_unavailable")]
    [InlineData("10.99.0033", "3ds_not_supported")]
    [InlineData("10.99.0034", "3ds_failed")]
    public async Task The_double_has_customers_who_cannot_prove_who_they_are(string reference, string failure)
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);

        await there.CallAsync("initiate_payment", new JsonObject { ["reference"] = reference }, Token);
        var told = await there.ToldAsync<PaymentEvent>(one => one.State.Failure is not null, Token);

        Assert.Equal((PaymentStatus.Failed, failure, false), (told.State.Status, told.State.Failure?.Code, told.State.ToBeCompleted));
        Assert.Equal(0, there.Sandbox.Ledger.ChargesFor("pay_01"));
    }

    [Fact]
    public async Task The_double_reserves_captures_in_part_and_voids_each_once()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var taken = await ReservedAsync(there, "pay_01");
        var left = await ReservedAsync(there, "pay_02");

        var captured = await there.CallAsync(
            "capture_payment", new JsonObject { ["payment"] = taken.DeepClone(), ["amount"] = "4.00 JMD" }, Token);
        var voided = await there.CallAsync("cancel_payment", new JsonObject { ["payment"] = left.DeepClone() }, Token);
        var read = (PaymentState)(await there.CallAsync("verify_payment", taken, Token)).Value!;
        var gone = (PaymentState)(await there.CallAsync("verify_payment", left, Token)).Value!;
        var again = (PaymentState)(await there.CallAsync("cancel_payment", new JsonObject { ["payment"] = left.DeepClone() }, Token)).Value!;

        Assert.Equal("4.00 JMD", ((PaymentState)captured.Value!).Captured?.ToString());
        Assert.Equal(PaymentStatus.Canceled, ((PaymentState)voided.Value!).Status);
        Assert.Equal((PaymentStatus.Succeeded, "4.00 JMD"), (read.Status, read.Captured?.ToString()));
        Assert.Equal((PaymentStatus.Canceled, PaymentStatus.Canceled), (gone.Status, again.Status));
    }

    private async Task<JsonObject> ReservedAsync(AgainstDouble there, string payment)
    {
        var begun = (PaymentState)(await there.CallAsync(
            "initiate_payment", new JsonObject { ["payment_id"] = payment, ["capture"] = "manual" }, Token)).Value!;
        var told = await there.ToldAsync<PaymentEvent>(one => one.HubReference == payment && one.State.ToBeCompleted, Token);
        var data = begun.ProviderData.Concat(told.State.ProviderData).ToDictionary();
        var handle = new JsonObject
        {
            ["payment_id"] = payment, ["provider_reference"] = begun.ProviderReference, ["provider_data"] = ContractJson.Write(data),
        };
        var completed = await there.CallAsync(
            "complete_payment", new JsonObject { ["payment"] = handle.DeepClone(), ["capture"] = "manual" }, Token);
        Assert.Equal(PaymentStatus.Authorized, ((PaymentState)completed.Value!).Status);
        return handle;
    }

    private Task<Told> CallAsync(ProviderHttp http, string word, JsonObject with) =>
        ContractMethod.Named(word).CallAsync(Provider, http, Provider.Connect(), with, Token);

    private (WebhookAnswer Answer, string Text) PageTo(string back)
    {
        var answer = Receiver.Acknowledge(Webhooks.Post($"https://hub.example/api/webhooks/x/int_01?r={back}&s=x", ""), Provider.Connect());
        return (answer, Encoding.UTF8.GetString(answer.Body.Span));
    }
}
