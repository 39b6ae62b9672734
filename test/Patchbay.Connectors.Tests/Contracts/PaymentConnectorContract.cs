using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Contracts;

/// <summary>What holds for every provider of payments.</summary>
public abstract class PaymentConnectorContract : ConnectorContract
{
    private protected PaymentConnectorContract(string provider)
        : base(provider)
    {
    }

    [Fact]
    public void Amounts_of_every_exponent_are_recorded() => Assert.All(Exponents, exponent =>
        Shown($"a payment in a currency with {exponent} decimals", Recorded.Calls, call => call["call"]!.ToString() == "initiate_payment"
            && call["gives"] is not null
            && ContractJson.ReadMoney(call["with"]?["amount"]?.ToString() ?? $"10.99 {PaidIn}").Currency.Exponent == exponent));

    [Fact]
    public void What_becomes_of_a_payment_and_a_refund_is_recorded()
    {
        Shown("a webhook about a payment that succeeded, or is to be completed", Events("payment"), told =>
            told["state"]?["status"]?.ToString() == "succeeded" || !Reports && told["state"]?["to_be_completed"]?.GetValue<bool>() == true);
        Shown("a webhook about a payment that failed, or about a try that was declined", Events("payment"), told =>
            told["state"]?["status"]?.ToString() == "failed" || told["state"]?["failure"]?["code"] is not null);
        Shown("the hub's id of a payment echoed", Events("payment"), told => told["hub_reference"]?.ToString() == "pay_01");
        if (Provider.Has(typeof(IProcessRefund)) && NamesRefunds && ReportsRefunds)
            Shown("the hub's id of a refund echoed", Events("refund"), told => told["hub_reference"]?.ToString() == "ref_01");
        Assert.All(PaysOut ? ["paid", "failed", .. ThirdWord] : Array.Empty<string>(), status => Shown(
            $"a webhook about a payout that says {status}", Events("payout"), told =>
                told["state"]?["status"]?.ToString() == status && told["hub_reference"]?.ToString() == "pyo_01"));
    }

    [Fact]
    public Task The_hubs_id_goes_out_with_what_moves_money() => ForEachAsync(
        Good(["initiate_payment", "initiate_payout", .. NamesRefunds ? ["process_refund"] : Array.Empty<string>()]), async call =>
        {
            var fake = Play(call);

            await CallAsync(call, fake);

            if (call["call"]!.ToString() == "process_refund" && !RefundsInPart)
                return;   // there is one: it needs no name
            var id = call["call"]!.ToString() switch { "initiate_payment" => "pay_01", "process_refund" => "ref_01", _ => "pyo_01" };
            // What was made before is only found.
            if (fake.Requests.LastOrDefault(request => request.Method != HttpMethod.Get) is { } acting)
                Assert.Contains(id, Uri.UnescapeDataString(acting.Uri + acting.Body), StringComparison.Ordinal);
        });

    [Fact]
    public Task An_idempotency_key_goes_out_where_the_provider_takes_one() => ForEachAsync(
        Good("initiate_payment", "complete_payment", "capture_payment", "cancel_payment", "process_refund", "initiate_payout"),
        async call =>
        {
            var fake = Play(call);

            await CallAsync(call, fake);

            // What was deleted once stays deleted.
            var acting = fake.Requests.Where(request => request.Method != HttpMethod.Get && request.Method != HttpMethod.Delete).ToList();
            if (Provider.Manifest.Idempotency == ProviderIdempotency.Native && acting.Count > 0)
                Assert.Contains(
                    acting[^1].Headers.Values.Append(acting[^1].Body), text => text.Contains("key_0", StringComparison.Ordinal));
        });

    [Fact]
    public void What_keys_do_not_protect_can_be_looked_up()
    {
        if (Provider.Manifest.Idempotency == ProviderIdempotency.Reference)
            Assert.True(Provider.Has(typeof(ILookUpPayment)));
    }

    [Fact]
    public async Task The_double_takes_a_payment_and_gives_part_of_it_back_once()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);

        var begun = Assert.IsType<PaymentState>((await there.CallAsync("initiate_payment", Asked("10.99"), Token)).Value);
        if (Completes)
        {
            Assert.Null((await CompleteAsync(there)).Error);
            Assert.Null((await CompleteAsync(there)).Error);   // its answer was lost
        }

        var told = await there.ToldAsync<PaymentEvent>(
            payment => Reports ? payment.State.Status == PaymentStatus.Succeeded : payment.State.ToBeCompleted, Token);
        var handle = Handle(told.State);
        var read = (PaymentState)(await there.CallAsync("verify_payment", handle, Token)).Value!;
        var given = $"{(RefundsInPart ? "5.00" : "10.99")} {PaidIn}";
        var refund = new JsonObject { ["payment"] = handle.DeepClone(), ["amount"] = given };
        var back = (RefundState)(await there.CallAsync("process_refund", refund, Token)).Value!;
        if (NamesRefunds)
        {
            var again = (RefundState)(await there.CallAsync("process_refund", refund, Token)).Value!;
            Assert.Equal(back.ProviderReference, again.ProviderReference);
        }

        if (NamesRefunds && ReportsRefunds)
        {
            var returned = await there.ToldAsync<RefundEvent>(one => one.State.Status == RefundStatus.Succeeded, Token);
            Assert.Equal("ref_01", returned.HubReference);
        }

        Assert.NotNull(begun.NextAction?.Url?.OriginalString ?? begun.NextAction?.CashierToken ?? begun.NextAction?.Html);
        Assert.Equal("pay_01", told.HubReference);
        Assert.Equal((PaymentStatus.Succeeded, $"10.99 {PaidIn}"), (read.Status, read.Captured?.ToString()));
        Assert.Equal(given, back.Amount?.ToString());
        var ledger = there.Sandbox.Ledger;
        Assert.Equal((1, 1), (ledger.PaymentsFor("pay_01"), ledger.ChargesFor("pay_01")));
        if (NamesRefunds && RefundsInPart)
            Assert.Equal(1, ledger.RefundsFor("ref_01"));
    }

    [Theory]
    [InlineData("100.29", FailureOutcome.Transient, FailureCause.RateLimit)]
    [InlineData("100.51", FailureOutcome.Transient, FailureCause.Provider)]
    [InlineData("100.40", FailureOutcome.Rejected, FailureCause.Request)]
    [InlineData("100.98", FailureOutcome.Unknown, FailureCause.Provider)]
    public async Task The_double_fails_as_the_provider_does(string amount, FailureOutcome outcome, FailureCause cause)
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);

        var failure = (await there.CallAsync("initiate_payment", Asked(amount), Token)).Error;

        Assert.Equal((outcome, cause), (failure?.Outcome, failure?.Cause));
        Assert.Equal(0, there.Sandbox.Ledger.PaymentsFor("pay_01"));
    }

    [Fact]
    public async Task The_double_can_sign_wrongly_and_lets_a_customer_be_declined()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);

        await there.CallAsync("initiate_payment", Asked("100.63"), Token);
        Assert.False(await there.IsGenuineAsync(Token));

        var declined = Asked("100.02");
        (declined["payment_id"], declined["idempotency_key"]) = ("pay_02", "key_09");
        await there.CallAsync("initiate_payment", declined, Token);
        if (Completes)
            AssertDeclined(await CompleteAsync(there, "pay_02"));
        else
            Assert.Equal(
                "pay_02", (await there.ToldAsync<PaymentEvent>(payment => payment.State.Failure is not null, Token)).HubReference);
    }

    [Fact]
    public async Task What_the_customer_did_not_agree_to_is_not_completed_and_what_they_agreed_to_says_that_it_has_to_be()
    {
        if (!Completes)
            return;
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        there.Sandbox.Autopay = false;
        var begun = (PaymentState)(await there.CallAsync("initiate_payment", Asked("10.99"), Token)).Value!;

        var early = await there.CallAsync("complete_payment", new JsonObject { ["payment"] = Handle(begun) }, Token);
        Assert.True(there.Sandbox.Pay(begun.ProviderReference));
        var told = Reports
            ? (PaymentState)(await there.CallAsync("verify_payment", Handle(begun), Token)).Value!
            : (await there.ToldAsync<PaymentEvent>(one => one.State.ToBeCompleted, Token)).State;

        Assert.Equal(FailureOutcome.Rejected, early.Error?.Outcome);
        Assert.Equal((PaymentStatus.Processing, true), (told.Status, told.ToBeCompleted));
        Assert.Equal(0, there.Sandbox.Ledger.ChargesFor("pay_01"));
    }

    [Fact]
    public async Task The_double_pays_out_once_and_tells_what_became_of_it()
    {
        if (!PaysOut)
            return;
        await using var there = await AgainstDouble.StartAsync(Provider, Token);

        var begun = await PayOutAsync(there, "pyo_01", "20.00");
        // The answer was lost. A receiver who chooses may have chosen by now, which is looked up: it is not begun again.
        var again = ReceiverChooses ? begun : await PayOutAsync(there, "pyo_01", "20.00");
        await CompleteAsync("pyo_01", "20.00");
        var told = await ToldAsync("pyo_01", PayoutStatus.Paid);
        var read = (PayoutState)(await there.CallAsync(
            "verify_payout", new JsonObject { ["payout_id"] = "pyo_01", ["provider_reference"] = begun.ProviderReference }, Token)).Value!;
        await PayOutAsync(there, "pyo_02", "100.02");
        await CompleteAsync("pyo_02", "100.02");
        var failed = await ToldAsync("pyo_02", PayoutStatus.Failed);
        await PayOutAsync(there, "pyo_03", "100.04");
        await ToldAsync("pyo_03", ReceiverChooses ? PayoutStatus.Canceled : ReturnsPayouts ? PayoutStatus.Returned : PayoutStatus.Failed);

        Assert.Equal(begun.ProviderReference, again.ProviderReference);
        Assert.Equal((told.ProviderReference, PayoutStatus.Paid), (read.ProviderReference, read.Status));
        Assert.NotNull(failed.Failure?.Reason);
        Assert.Equal(1, there.Sandbox.Ledger.PayoutsFor("pyo_01"));

        // As the hub does it, twice since the answer may be lost, once the receiver has said where it goes.
        async Task CompleteAsync(string payout, string amount)
        {
            if (!ReceiverChooses)
                return;
            var chosen = await there.ToldAsync<PayoutEvent>(one => one.HubReference == payout && one.State.ToBeCompleted, Token);
            var handle = new JsonObject { ["payout_id"] = payout, ["provider_reference"] = chosen.State.ProviderReference };
            var request = new JsonObject { ["payout"] = handle, ["amount"] = $"{amount} {CurrencyOf("PayoutRequest")}" };
            Assert.Null((await there.CallAsync("complete_payout", request.DeepClone() as JsonObject, Token)).Error);
            Assert.Null((await there.CallAsync("complete_payout", request, Token)).Error);
        }

        async Task<PayoutState> ToldAsync(string payout, PayoutStatus status) => (await there.ToldAsync<PayoutEvent>(
            one => one.HubReference == payout && one.State.Status == status, Token)).State;
    }

    [Theory]
    [InlineData("100.29", FailureOutcome.Transient, FailureCause.RateLimit)]
    [InlineData("100.50", FailureOutcome.Transient, FailureCause.Provider)]
    [InlineData("100.40", FailureOutcome.Rejected, FailureCause.Request)]
    [InlineData("100.95", FailureOutcome.Rejected, FailureCause.Account)]
    [InlineData("100.97", FailureOutcome.Unknown, FailureCause.Provider)]
    public async Task The_double_fails_payouts_as_the_provider_does(string amount, FailureOutcome outcome, FailureCause cause)
    {
        if (!PaysOut || ReceiverChooses)   // then nothing is paid out at once
            return;
        await using var there = await AgainstDouble.StartAsync(Provider, Token);

        var failure = (await there.CallAsync("initiate_payout", Payout("pyo_01", amount), Token)).Error;

        Assert.Equal((outcome, cause), (failure?.Outcome, failure?.Cause));
        Assert.Equal(outcome == FailureOutcome.Unknown ? 1 : 0, there.Sandbox.Ledger.PayoutsFor("pyo_01"));
        if (outcome != FailureOutcome.Rejected)
            await PayOutAsync(there, "pyo_01", amount);
        Assert.Equal(outcome == FailureOutcome.Rejected ? 0 : 1, there.Sandbox.Ledger.PayoutsFor("pyo_01"));
    }

    /// <summary>A refund carries the hub's id, and is told of by it.</summary>
    private protected virtual bool NamesRefunds => true;

    /// <summary>It tells of money that was paid out and came back.</summary>
    private protected virtual bool ReturnsPayouts => true;

    private string[] ThirdWord => ReceiverChooses ? ["requires_action"] : ReturnsPayouts ? ["returned"] : [];

    private bool PaysOut => Provider.Has(typeof(IInitiatePayout));

    /// <summary>Receivers say where the money goes, and the hub completes the payout then.</summary>
    private bool ReceiverChooses => Provider.Has(typeof(ICompletePayout));

    private async Task<PayoutState> PayOutAsync(AgainstDouble there, string payout, string amount) =>
        Assert.IsType<PayoutState>((await there.CallAsync("initiate_payout", Payout(payout, amount), Token)).Value);

    private JsonObject Payout(string id, string amount)
    {
        var request = new JsonObject
        {
            ["payout_id"] = id, ["idempotency_key"] = "key_" + id, ["amount"] = $"{amount} {CurrencyOf("PayoutRequest")}",
        };
        if (ReceiverChooses)
            request["destination"] = new JsonObject { ["type"] = "cashier", ["holder"] = null, ["iban"] = null };
        return request;
    }

    private string PaidIn => CurrencyOf("PaymentRequest");

    /// <summary>That of the provider's usual request.</summary>
    private string CurrencyOf(string request) => Provider.Requests[request]?["amount"]?.ToString().Split(' ')[1] ?? "EUR";

    /// <summary>Customers only agree, and the hub has to complete the payment.</summary>
    private bool Completes => Provider.Has(typeof(ICompletePayment));

    /// <summary>
    /// Whether the provider tells by itself what becomes of payments and refunds. Else the customer's browser brings that they have agreed,
    /// and what is completed and refunded is known by the answer.
    /// </summary>
    private protected virtual bool Reports => true;

    /// <summary>Whether it tells so of refunds, by the hub's id. Else they are known by answers and by asking.</summary>
    private protected virtual bool ReportsRefunds => Reports;

    /// <summary>Else all of a payment is refunded, once.</summary>
    private protected virtual bool RefundsInPart => true;

    /// <summary>The customer may agree again, or the payment has failed.</summary>
    private static void AssertDeclined(Told told) => Assert.True(
        told.Error is { Cause: FailureCause.Recipient, IsUnmapped: false }
        || told.Value is PaymentState { Status: PaymentStatus.Failed, Failure.Reason: not null });

    /// <summary>As the hub does it once it hears that the customer has agreed.</summary>
    private async Task<Told> CompleteAsync(AgainstDouble there, string payment = "pay_01")
    {
        var told = await there.ToldAsync<PaymentEvent>(one => one.HubReference == payment && one.State.ToBeCompleted, Token);
        return await there.CallAsync("complete_payment", new JsonObject { ["payment"] = Handle(told.State) }, Token);
    }

    private static JsonObject Handle(PaymentState state) => new()
    {
        ["provider_reference"] = state.ProviderReference, ["provider_data"] = ContractJson.Write(state.ProviderData),
    };

    /// <summary>With the page to return to, without which some providers take no payment.</summary>
    private JsonObject Asked(string amount) =>
        new() { ["amount"] = $"{amount} {PaidIn}", ["return_url"] = "https://shop.example/thanks" };

    /// <summary>Of the currencies the provider takes; a provider of all has them all.</summary>
    private IEnumerable<int> Exponents => Provider.Manifest.Currencies.Contains("*")
        ? [0, 2, 3]
        : Provider.Manifest.Currencies.Select(code => Currency.Parse(code).Exponent).Distinct();

    private IEnumerable<JsonObject> Good(params string[] words) =>
        Recorded.Calls.Where(call => words.Contains(call["call"]!.ToString()) && call["gives"] is not null);

    /// <summary>What webhooks say of such; where they only hint, what the provider says when it is asked.</summary>
    private IEnumerable<JsonObject> Events(string kind)
    {
        var told = Recorded.Webhooks.SelectMany(webhook => webhook["gives"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(one => one["kind"]?.ToString() == kind).ToList();
        return told.FirstOrDefault(one => one.ContainsKey("state") && one["state"] is null) is not { } hint ? told : told.Concat(
            Recorded.Calls.Where(call => call["call"]!.ToString() == "verify_" + kind && call["gives"] is not null)
                .Select(call => new JsonObject
                {
                    ["hub_reference"] = hint["hub_reference"]?.DeepClone(), ["state"] = call["gives"]!.DeepClone(),
                }));
    }
}
