using System.Text.Json.Nodes;
using Patchbay.Demo.Props;
using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

/// <summary>EUR 100.99: the sandbox does the work of a refund that ends in 00.99, and then says nothing.</summary>
internal sealed class RefundOnce : IAct
{
    private const long RefundedMinorUnits = 10_099;

    public string Title => "Stripe refunds EUR 100.99 but its answer never comes; the refund is not doubled";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var reference = $"order-{stage.Run}-2";
        var payment = await Pay.StartAsync(stage, "250.00", reference, cancellationToken);
        stage.Say("waiting for a payment to refund");
        await stage.Api.UntilAsync($"payments/{payment.Text("id")}", "succeeded", cancellationToken);
        var before = stage.Sandbox.Ledger.Requests("stripe", "refunds.create");

        var refund = await stage.Api.PostAsync(
            $"payments/{payment.Text("id")}/refunds", new JsonObject { ["amount"] = "100.99", ["reason"] = "one item came back" },
            cancellationToken, idempotencyKey: reference + "-refund");
        stage.Say("waiting for the time-out, and for the hub to find out");
        var done = await stage.Api.UntilAsync($"refunds/{refund.Text("id")}", "succeeded", cancellationToken);
        var delivery = await stage.Api.DeliveryOfAsync(done.Text("id"), "delivered", cancellationToken);

        var requests = stage.Sandbox.Ledger.Requests("stripe", "refunds.create") - before;
        var refunds = stage.Sandbox.Ledger.RefundsFor(done.Text("id"));
        Stage.Expect(delivery.Attempts().First().Find("outcome") == "unknown", "The first attempt did not time out.");
        Stage.Expect(refunds == 1, $"Stripe's ledger has {refunds} refunds; it should have one.");
        var after = await stage.Api.GetAsync($"payments/{payment.Text("id")}", cancellationToken);
        Stage.Expect(after.Text("refunded") == "100.99", $"The payment says {after.Text("refunded")} was refunded.");
        return new Told(
            $"asked {requests} times, refunded once: Stripe's ledger has {refunds} refund of {RefundedMinorUnits} cents")
        {
            Deliveries = [delivery],
        };
    }
}
