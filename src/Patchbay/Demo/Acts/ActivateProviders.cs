using System.Text.Json.Nodes;
using Patchbay.Demo.Props;
using Patchbay.Playing;

namespace Patchbay.Demo.Acts;

/// <summary>
/// Every provider that the sandbox plays. Settings are chosen so that the story is told quickly: short time-outs, few tries.
/// </summary>
internal sealed class ActivateProviders : IAct
{
    public string Title => "Every provider is activated; the hub verifies their credentials";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var played = new PlayedProviders(stage.Api, stage.Sandbox);
        foreach (var provider in await played.ListAsync(cancellationToken))
        {
            var name = provider.Text("name");
            stage.Say($"activating {name}");
            stage.Integrations[name] = (await played.ActivateAsync(provider, Settings(), cancellationToken)).Text("id");
        }

        foreach (var (provider, id) in stage.Integrations)
        {
            stage.Say($"waiting for {provider} to be verified");
            await stage.Api.UntilAsync($"integrations/{id}", "active", cancellationToken);
        }

        return new Told($"all {stage.Integrations.Count} are active: {string.Join(", ", stage.Integrations.Keys)}");
    }

    private static JsonObject Settings() => new()
    {
        ["timeout_seconds"] = 2,
        ["retry"] = new JsonObject { ["tries"] = 4, ["window_seconds"] = 60, ["first_delay_seconds"] = 0.5 },
    };
}
