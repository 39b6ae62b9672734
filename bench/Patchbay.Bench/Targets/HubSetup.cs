using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Patchbay.Bench.Load;

namespace Patchbay.Bench.Targets;

/// <summary>A tenant of the bench.</summary>
/// <param name="Key">Its API key.</param>
/// <param name="Integrations">Id of the integration of each shop.</param>
internal sealed record TenantSetup(string Id, string Key, IReadOnlyDictionary<string, string> Integrations);

/// <summary>Makes tenants, integrations and rules over the API, as a user does.</summary>
internal static class HubSetup
{
    /// <summary>Account of a shop at the provider.</summary>
    public static string AccountOf(int tenant, int shop) => $"AC{tenant:x16}{shop:x16}";

    public static async Task<TenantSetup[]> MakeAsync(
        string build, int port, string folder, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var platform = await PlatformKeyAsync(build, folder, environment, cancellationToken);
        var address = new Uri($"http://127.0.0.1:{port}/api/v1/");
        using var client = new HttpClient { BaseAddress = address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", platform) } };
        var made = new List<JsonNode>();
        while (made.Count < Operation.Tenants)
            made.Add(await PostAsync(client, "tenants", new { name = $"tenant-{made.Count}" }, cancellationToken));
        var tenants = new TenantSetup[made.Count];
        await Parallel.ForAsync(0, tenants.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (i, token) =>
            tenants[i] = await FillAsync(
                address, i, made[i]["id"]!.ToString(), made[i]["api_key"]!["id"]!.ToString(),
                made[i]["api_key"]!["secret"]!.ToString(), token));
        return tenants;
    }

    private static async Task<TenantSetup> FillAsync(
        Uri address, int tenant, string id, string keyId, string key, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        using var patched = await client.PatchAsJsonAsync(
            $"api-keys/{keyId}", new { rate_per_second = 10_000, burst = 100_000 }, cancellationToken);
        patched.EnsureSuccessStatusCode();
        var integrations = new Dictionary<string, string>();
        for (var shop = 0; shop < Operation.ShopsPerTenant; shop++)
        {
            var integration = await PostAsync(
                client, "integrations",
                new
                {
                    provider = "twilio", mode = "live", name = $"shop-{shop}",
                    settings = new { requests_per_second = 10_000, timeout_seconds = 120 }, credentials = new { account_sid = AccountOf(
                        tenant, shop), auth_token = "0123456789abcdef0123456789abcdef", from_number = "+14155550100" },
                }, cancellationToken);
            integrations[$"shop-{shop}"] = integration["id"]!.ToString();
        }

        foreach (var (shop, integration) in integrations)
        {
            while ((await client.GetFromJsonAsync<JsonObject>($"integrations/{integration}", cancellationToken))!["status"]!
                .ToString() != "active")
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            await PostAsync(
                client, "routing-rules",
                new { capability = "send_sms", integration_id = integration,
                    conditions = new[] { new { field = "metadata.shop", @operator = "eq", value = shop } } },
                cancellationToken);
        }

        return new TenantSetup(id, key, integrations);
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, object body, CancellationToken cancellationToken)
    {
        var key = Yardsticks.Ids.New().ToString();
        while (true)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            message.Headers.Add("Idempotency-Key", key);
            using var response = await client.SendAsync(message, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
                return JsonNode.Parse(text)!;
            if (!text.Contains("changed_meanwhile", StringComparison.Ordinal))   // verifications change the configuration, too
                throw new InvalidOperationException($"POST {path}: {(int)response.StatusCode} {text}");
        }
    }

    public static async Task<string> PlatformKeyAsync(
        string build, string folder, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(build, "patchbay.dll"), "keys", "create", "--platform", "--name", "bench", "--json"])
        {
            RedirectStandardOutput = true, WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return JsonNode.Parse(output)!["secret"]!.ToString();
    }
}
