using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox;
using Xunit;

namespace Patchbay.TestKit;

/// <summary>Sets up providers of the sandbox as anybody would: with the example of credentials, and the webhook's address.</summary>
public static class PlayedProviders
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>An integration that is active, and whose provider reports to it; as it was answered when it was made.</summary>
    /// <param name="client">Of the tenant.</param>
    /// <param name="settings">Null for none.</param>
    /// <param name="without">Credentials that are left out.</param>
    public static async Task<HubReply> ConnectAsync(
        this SandboxServer sandbox, HttpClient client, ProviderManifest manifest, object? settings = null, params string[] without)
    {
        var credentials = JsonDocument.Parse(manifest.CredentialsSchema).RootElement.GetProperty("examples")[0]
            .Deserialize<Dictionary<string, string>>()!.Where(field => !without.Contains(field.Key)).ToDictionary();
        var made = await client.PostJsonAsync("/api/v1/integrations", new { provider = manifest.Name, credentials, settings });
        if ((int)made.Status is not (200 or 202))
            throw new InvalidOperationException($"{manifest.Name} cannot be set up: {made}");
        if (!sandbox.Connect(manifest.Name, credentials, new Uri(made.Text("webhook_url")!)))
            throw new InvalidOperationException($"{manifest.Name}'s double did not take the webhook address.");
        await client.BecomesAsync($"/api/v1/integrations/{made.Text("id")}", one => one.Text("status") == "active");
        return made;
    }

    /// <summary>What the hub answers as soon as it is as expected.</summary>
    public static async Task<HubReply> BecomesAsync(this HttpClient client, string path, Func<HubReply, bool> holds)
    {
        HubReply? reply = null;
        try
        {
            await Eventually.BecomesAsync(
                async () => holds(reply = await client.GetJsonAsync(path)), Patience, TestContext.Current.CancellationToken);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{path} stays {reply}", exception);
        }

        return reply!;
    }
}
