using System.Text.Json.Nodes;
using Patchbay.Demo.Props;

namespace Patchbay.Demo.Acts;

/// <summary>
/// Every provider that the sandbox plays, with the example credentials of its manifest: the sandbox lets in whatever is well-formed.
/// Settings are chosen so that the story is told quickly: short time-outs, few tries.
/// </summary>
internal sealed class ActivateProviders : IAct
{
    public string Title => "Every provider is activated; the hub verifies their credentials";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var catalog = (JsonArray)(await stage.Api.GetAsync("integrations/providers", cancellationToken))["data"]!;
        foreach (var provider in catalog.OfType<JsonNode>().Where(provider => stage.Sandbox.Vendors.Contains(provider.Text("name"))))
            await ActivateAsync(stage, provider, cancellationToken);
        foreach (var (provider, id) in stage.Integrations)
        {
            stage.Say($"waiting for {provider} to be verified");
            await stage.Api.UntilAsync($"integrations/{id}", "active", cancellationToken);
        }

        return new Told($"all {stage.Integrations.Count} are active: {string.Join(", ", stage.Integrations.Keys)}");
    }

    private static async Task ActivateAsync(Stage stage, JsonNode provider, CancellationToken cancellationToken)
    {
        var name = provider.Text("name");
        stage.Say($"activating {name}");
        var example = provider["credentials"]?["examples"]?[0] as JsonObject
            ?? throw new DemoSurprise($"{name} has no example credentials.");
        var integration = await stage.Api.PostAsync(
            "integrations",
            new JsonObject
            {
                ["provider"] = name,
                ["mode"] = "sandbox",
                ["credentials"] = example.DeepClone(),
                ["settings"] = new JsonObject
                {
                    ["timeout_seconds"] = 2,
                    ["retry"] = new JsonObject { ["tries"] = 4, ["window_seconds"] = 60, ["first_delay_seconds"] = 0.5 },
                },
            },
            cancellationToken);
        stage.Integrations[name] = integration.Text("id");

        // What one otherwise does in the provider's dashboard: enter the integration's webhook address.
        var credentials = example.ToDictionary(field => field.Key, field => field.Value!.ToString());
        Stage.Expect(
            stage.Sandbox.Connect(name, credentials, new Uri(integration.Text("webhook_url"))),
            $"{name} did not take the webhook address.");
    }
}
