using System.Text.Json.Nodes;
using Patchbay.Demo.Props;
using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

internal sealed class Pay : IAct
{
    public string Title => "A customer pays EUR 49.90; Stripe's signed webhook says so";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var payment = await StartAsync(stage, "49.90", $"order-{stage.Run}-1", cancellationToken);
        stage.Say("waiting for the customer to pay and the webhook to arrive");
        var paid = await stage.Api.UntilAsync($"payments/{payment.Text("id")}", "succeeded", cancellationToken);
        Stage.Expect(stage.Sandbox.Ledger.Webhooks("stripe").Delivered > 0, "Stripe's webhook was not delivered.");
        return new Told($"{paid.Text("id")} succeeded, {paid.Text("captured")} {paid.Text("currency")} captured");
    }

    public static Task<JsonNode> StartAsync(Stage stage, string amount, string reference, CancellationToken cancellationToken) =>
        stage.Api.PostAsync(
        "payments",
        new JsonObject
        {
            ["amount"] = amount,
            ["currency"] = "EUR",
            ["reference"] = reference,
            ["country"] = "DE",
            ["return_url"] = "https://shop.example/thanks",
        },
        cancellationToken, idempotencyKey: reference);
}
