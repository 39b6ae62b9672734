using System.Text.Json.Nodes;
using Patchbay.Demo.Props;
using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

internal sealed class PayOut : IAct
{
    public string Title => "The customer takes USD 40.00 out again; money goes back first to where it came from";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        await stage.Api.PutAsync(
            "payouts/settings", new JsonObject { ["enabled"] = true, ["closed_loop"] = true }, cancellationToken);
        var payout = await stage.Api.PostAsync(
            "payouts",
            new JsonObject
            {
                ["amount"] = "40.00", ["currency"] = "USD", ["reference"] = $"withdrawal-{stage.Run}", ["country"] = "BR",
                ["customer_id"] = $"ana-{stage.Run}",
                ["destination"] = new JsonObject { ["type"] = "wallet", ["account"] = "ana@example.com" },
            },
            cancellationToken, idempotencyKey: $"withdrawal-{stage.Run}");
        stage.Say("waiting for PayPal to say that it was paid");
        var paid = await stage.Api.UntilAsync($"payouts/{payout.Text("id")}", "paid", cancellationToken);
        Stage.Expect(
            stage.Sandbox.Ledger.PayoutsFor(paid.Text("id")) == 1, "PayPal's ledger does not have the payout once.");
        return new Told($"{paid.Text("id")} paid by PayPal to {paid["destination"]!.Text("shown")}, once");
    }
}
