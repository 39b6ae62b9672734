using System.Text.Json.Nodes;
using Patchbay.Demo.Props;
using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

internal sealed class PayByCountry : IAct
{
    public string Title => "Brazil is given to PayPal; a deposit from there goes to PayPal, others still go to Stripe";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        await stage.Api.PutAsync(
            "payments/routing/BR", new JsonObject { ["deposit_gateway"] = "paypal", ["withdrawal_gateway"] = "paypal" }, cancellationToken);
        var payment = await stage.Api.PostAsync(
            "payments",
            new JsonObject
            {
                ["amount"] = "60.00", ["currency"] = "USD", ["reference"] = $"deposit-{stage.Run}", ["country"] = "BR",
                ["return_url"] = "https://shop.example/thanks", ["customer"] = new JsonObject { ["id"] = $"ana-{stage.Run}" },
            },
            cancellationToken, idempotencyKey: $"deposit-{stage.Run}");
        stage.Say("waiting for PayPal's page");
        var asked = await stage.Api.UntilAsync($"payments/{payment.Text("id")}", "requires_action", cancellationToken);
        Stage.Expect(
            stage.ProviderOf(asked.Text("integration_id")) == "paypal",
            $"The deposit went to {stage.ProviderOf(asked.Text("integration_id"))}.");
        await Customer.PayAsync(new Uri(asked["next_action"]!.Text("url")), cancellationToken);
        stage.Say("waiting for the hub to capture it");
        var paid = await stage.Api.UntilAsync($"payments/{payment.Text("id")}", "succeeded", cancellationToken);
        return new Told($"{paid.Text("id")} succeeded at PayPal, {paid.Text("captured")} {paid.Text("currency")} captured");
    }
}
