using System.Text.Json.Nodes;

namespace Patchbay.Demo.Acts;

/// <summary>Settings are chosen so that the story is told quickly: short time-outs, few tries.</summary>
internal sealed class ActivateProviders : IAct
{
    public string Title => "Stripe, Twilio and Plivo are activated; the hub verifies their credentials";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var stripe = await ActivateAsync(stage, "stripe", DemoCredentials.Stripe, firstDelay: 0.5, cancellationToken);
        // What one otherwise does in Stripe's dashboard: enter the integration's webhook address.
        Stage.Expect(
            stage.Sandbox.RegisterStripeWebhook(DemoCredentials.StripeKey, new Uri(stripe.Text("webhook_url")), DemoCredentials.StripeWebhookSecret),
            "The sandbox did not take the webhook address.");
        await ActivateAsync(stage, "twilio", DemoCredentials.Twilio, firstDelay: 1, cancellationToken);
        await ActivateAsync(stage, "plivo", DemoCredentials.Plivo, firstDelay: 0.2, cancellationToken);
        foreach (var (provider, id) in stage.Integrations)
        {
            stage.Say($"waiting for {provider} to be verified");
            await stage.Api.UntilAsync($"integrations/{id}", "active", cancellationToken);
        }

        return new Told("all three are active");
    }

    private static async Task<JsonNode> ActivateAsync(Stage stage, string provider, JsonObject credentials, double firstDelay, CancellationToken cancellationToken)
    {
        stage.Say($"activating {provider}");
        var integration = await stage.Api.PostAsync(
            "integrations",
            new JsonObject
            {
                ["provider"] = provider,
                ["mode"] = "sandbox",
                ["credentials"] = credentials,
                ["settings"] = new JsonObject
                {
                    ["timeout_seconds"] = 2,
                    ["retry"] = new JsonObject { ["tries"] = 4, ["window_seconds"] = 60, ["first_delay_seconds"] = firstDelay },
                },
            },
            cancellationToken);
        stage.Integrations[provider] = integration.Text("id");
        return integration;
    }
}
