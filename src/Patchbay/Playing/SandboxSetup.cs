using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Patchbay.Hosting;
using Patchbay.Platform.Access;
using Patchbay.Platform.Keys;
using Patchbay.Sandbox;
using Patchbay.Storage;

namespace Patchbay.Playing;

/// <summary>
/// <c>serve --sandbox</c>: for the tenant <c>default</c>, an integration of each provider that the sandbox plays, and a default rule for
/// each capability that several have, where there is none yet: first those that have a page of their own, of them those that take every
/// currency, so that all that is tried finds one, then as the catalog has them. Over the API, with a test key that is revoked when all is
/// there.
/// </summary>
internal sealed partial class SandboxSetup(
    IHostApplicationLifetime lifetime, IServer server, Database database, ApiKeyCreation keys, SandboxServer sandbox, TimeProvider time,
    ILogger<SandboxSetup> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registered = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);   // nothing goes out before
        try
        {
            await SetUpAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is Surprise or HttpRequestException)
        {
            LogFailed(exception.Message);
        }
    }

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        if (await FirstRun.FindTenantAsync(database, cancellationToken) is not { } of)
        {
            LogNoTenant(FirstRun.TenantName);
            return;
        }

        var key = await keys.CreateAsync(
            of, new CreateApiKeyRequest("sandbox", [Permissions.All], Mode: ApiKeyMode.Test), cancellationToken);
        var address = Announcement.ForPeople(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using var api = new HubApi(new Uri(address + "/"), key.Value.Secret, time);
        try
        {
            await SetUpAsync(api, cancellationToken);
        }
        finally
        {
            await keys.RevokeAsync(of, key.Value.Key.Id, CancellationToken.None);
        }

        LogReady(sandbox.Address, new Uri(sandbox.Address, "control/"));
    }

    private async Task SetUpAsync(HubApi api, CancellationToken cancellationToken)
    {
        var played = new PlayedProviders(api, sandbox);
        var present = await ListAsync(api, "integrations?limit=200", cancellationToken);
        var doing = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var providers = (await played.ListAsync(cancellationToken)).OrderBy(one => one.Find("checkout") == "embed")
            .ThenByDescending(TakesEveryCurrency);
        foreach (var provider in providers)
        {
            var integration = present.LastOrDefault(one => one.Text("provider") == provider.Text("name"));   // the oldest
            if (integration is null)
            {
                integration = await played.ActivateAsync(provider, settings: null, cancellationToken);
                await api.UntilAsync("integrations/" + integration.Text("id"), "active", cancellationToken);
            }
            else
            {
                played.Connect(provider, integration);   // the sandbox remembers nothing of an earlier run
            }

            foreach (var capability in ((JsonArray)integration["capabilities"]!).Select(word => word!.ToString()))
                (doing.TryGetValue(capability, out var ids) ? ids : doing[capability] = []).Add(integration.Text("id"));
        }

        var rules = await ListAsync(api, "routing-rules?mode=sandbox&limit=200", cancellationToken);
        var ruled = rules.Select(rule => rule.Text("capability")).ToHashSet(StringComparer.Ordinal);
        foreach (var (capability, integrations) in doing.Where(pair => pair.Value.Count > 1 && !ruled.Contains(pair.Key)))
        {
            await api.PostAsync(
                "routing-rules",
                new JsonObject
                {
                    ["capability"] = capability, ["is_default"] = true, ["integration_id"] = integrations[0],
                    // As many as a rule has room for; the others are named by whoever wants them.
                    ["fallback_integration_ids"] = new JsonArray([.. integrations.Skip(1).Take(10).Select(id => JsonValue.Create(id))]),
                },
                cancellationToken);
        }
    }

    private static bool TakesEveryCurrency(JsonNode provider) =>
        provider["currencies"] is JsonArray currencies && currencies.Any(code => code!.ToString() == "*");

    [LoggerMessage(Level = LogLevel.Information,
        Message = "The sandbox plays the providers at {Address}, for keys of sandbox mode; its faults and ledger are at {Control}")]
    private partial void LogReady(Uri address, Uri control);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sandbox could not be set up: {Why}")]
    private partial void LogFailed(string why);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "There is no tenant '{Tenant}', for which the sandbox would be set up. Make it, with a key of sandbox mode, and start "
            + "again: patchbay tenants create default; patchbay keys create --tenant default --permissions '*' --mode test")]
    private partial void LogNoTenant(string tenant);

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(HubApi api, string path, CancellationToken cancellationToken) =>
        [.. ((JsonArray)(await api.GetAsync(path, cancellationToken))["data"]!).OfType<JsonNode>()];
}
