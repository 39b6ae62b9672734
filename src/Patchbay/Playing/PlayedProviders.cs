using System.Text.Json.Nodes;
using Patchbay.Sandbox;

namespace Patchbay.Playing;

/// <summary>
/// Integrations of the providers that a sandbox plays, with the example credentials of their manifests: the sandbox lets in whatever is
/// well-formed.
/// </summary>
/// <param name="api">With a test key.</param>
internal sealed class PlayedProviders(HubApi api, SandboxServer sandbox)
{
    /// <summary>As the catalog shows them.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. ((JsonArray)(await api.GetAsync("integrations/providers", cancellationToken))["data"]!).OfType<JsonNode>()
            .Where(provider => sandbox.Vendors.Contains(provider.Text("name"))),
    ];

    /// <summary>A new integration, and at the sandbox its webhook address.</summary>
    /// <param name="settings">Null: the manifest's.</param>
    public async Task<JsonNode> ActivateAsync(JsonNode provider, JsonObject? settings, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["provider"] = provider.Text("name"), ["credentials"] = ExampleOf(provider).DeepClone() };
        if (settings is not null)
            body["settings"] = settings;
        var integration = await api.PostAsync("integrations", body, cancellationToken);
        Connect(provider, integration);
        return integration;
    }

    /// <summary>What one otherwise does in the provider's dashboard: enter the integration's webhook address.</summary>
    public void Connect(JsonNode provider, JsonNode integration)
    {
        var credentials = ExampleOf(provider).ToDictionary(field => field.Key, field => field.Value!.ToString());
        if (!sandbox.Connect(provider.Text("name"), credentials, new Uri(integration.Text("webhook_url"))))
            throw new Surprise($"{provider.Text("name")} did not take the webhook address.");
    }

    private static JsonObject ExampleOf(JsonNode provider) => provider["credentials"]?["examples"]?[0] as JsonObject
        ?? throw new Surprise($"{provider.Text("name")} has no example credentials.");
}
