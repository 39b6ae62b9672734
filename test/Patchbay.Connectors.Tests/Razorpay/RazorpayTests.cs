using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers, and the signature's worked example, are in <c>Recordings/razorpay.yaml</c>.</summary>
public sealed class RazorpayTests() : PaymentConnectorContract("razorpay")
{
    [Fact]
    public async Task The_double_reserves_an_order_captures_all_of_it_and_captures_it_once()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var begun = await DoAsync<PaymentState>(there, "initiate_payment", new JsonObject { ["capture"] = "manual" });
        var reserved = await there.ToldAsync<PaymentEvent>(one => one.State.Status == PaymentStatus.Authorized, Token);
        var whole = new JsonObject { ["payment"] = Handle(begun, reserved.State) };
        var some = new JsonObject { ["payment"] = Handle(begun, reserved.State), ["amount"] = "4.00 EUR" };

        var part = await there.CallAsync("capture_payment", some, Token);
        var taken = await DoAsync<PaymentState>(there, "capture_payment", whole);
        var again = await DoAsync<PaymentState>(there, "capture_payment", whole);

        Assert.Equal("partial_capture_not_supported", part.Error?.Code);
        Assert.All([taken, again], state => Assert.Equal(
            (PaymentStatus.Succeeded, "10.99 EUR"), (state.Status, state.Captured?.ToString())));
        Assert.Equal(1, there.Sandbox.Ledger.ChargesFor("pay_01"));
    }

    /// <summary>Nothing is called for it: nobody but the hub captures it.</summary>
    [Fact]
    public async Task The_double_leaves_a_reservation_to_lapse_and_cancels_a_link()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var held = await DoAsync<PaymentState>(there, "initiate_payment", new JsonObject { ["capture"] = "manual" });
        var reserved = await there.ToldAsync<PaymentEvent>(one => one.State.Status == PaymentStatus.Authorized, Token);
        there.Sandbox.Autopay = false;
        var asked = new JsonObject { ["payment_id"] = "pay_02", ["return_url"] = "https://shop.example/thanks" };
        var link = await DoAsync<PaymentState>(there, "initiate_payment", asked);

        var left = await DoAsync<PaymentState>(
            there, "cancel_payment", new JsonObject { ["payment"] = Handle(held, reserved.State) });
        var canceled = await DoAsync<PaymentState>(there, "cancel_payment", new JsonObject { ["payment"] = Handle(link, link) });
        var told = await there.ToldAsync<PaymentEvent>(one => one.State.Status == PaymentStatus.Canceled, Token);

        Assert.Equal((PaymentStatus.Canceled, PaymentStatus.Canceled), (left.Status, canceled.Status));
        Assert.Equal("pay_02", told.HubReference);
        Assert.False(there.Sandbox.Pay(link.ProviderReference));
    }

    [Fact]
    public async Task The_double_makes_a_link_once_and_finds_what_was_lost()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        there.Sandbox.Autopay = false;
        var asked = new JsonObject { ["return_url"] = "https://shop.example/thanks" };

        var nothing = await there.CallAsync("look_up_payment", asked, Token);
        var first = await DoAsync<PaymentState>(there, "initiate_payment", asked);
        var second = await DoAsync<PaymentState>(there, "initiate_payment", asked);
        var found = await DoAsync<PaymentState>(there, "look_up_payment", asked);

        Assert.Equal((null, null), (nothing.Value, nothing.Error));
        Assert.All([second, found], state => Assert.Equal(first.ProviderReference, state.ProviderReference));
        Assert.Equal(first.NextAction, found.NextAction);
        Assert.Equal(1, there.Sandbox.Ledger.PaymentsFor("pay_01"));
    }

    [Fact]
    public async Task The_double_tells_of_a_dispute_of_the_payment_and_finds_a_lost_refund()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, Token);
        var asked = new JsonObject { ["amount"] = "100.59 EUR", ["return_url"] = "https://shop.example/thanks" };
        var begun = await DoAsync<PaymentState>(there, "initiate_payment", asked);
        var paid = await there.ToldAsync<PaymentEvent>(one => one.State.Status == PaymentStatus.Succeeded, Token);
        var refund = new JsonObject { ["payment"] = Handle(begun, paid.State) };

        var disputed = await there.ToldAsync<PaymentEvent>(one => one.State.Disputes.Count > 0, Token);
        var nothing = await there.CallAsync("look_up_refund", refund, Token);
        var back = await DoAsync<RefundState>(there, "process_refund", refund);
        var found = await DoAsync<RefundState>(there, "look_up_refund", refund);

        Assert.Equal(paid.State.ProviderReference, disputed.State.ProviderReference);
        Assert.Equal((null, null), (nothing.Value, nothing.Error));
        Assert.Equal(back.ProviderReference, found.ProviderReference);
    }

    private async Task<T> DoAsync<T>(AgainstDouble there, string word, JsonObject with) =>
        Assert.IsType<T>((await there.CallAsync(word, with, Token)).Value);

    /// <summary>With the ids of both, as the hub keeps them.</summary>
    private static JsonObject Handle(PaymentState begun, PaymentState told)
    {
        var data = new Dictionary<string, string>(begun.ProviderData);
        foreach (var (key, id) in told.ProviderData)
            data[key] = id;
        return new JsonObject { ["provider_reference"] = told.ProviderReference, ["provider_data"] = ContractJson.Write(data) };
    }
}
