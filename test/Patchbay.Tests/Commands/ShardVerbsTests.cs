using System.Net.Http.Headers;
using Patchbay.TestKit;

namespace Patchbay.Tests.Commands;

/// <summary>The verbs over two shards, both SQLite.</summary>
[Trait("Takes", "long")]
public sealed class ShardVerbsTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenant_is_made_on_a_shard_moved_and_found_where_it_is()
    {
        using var data = new DataFolder();
        var tenant = (await RunAsync(data, "tenants", "create", "acme", "--shard", "east", "--json")).Json["id"]!.ToString();
        await RunAsync(data, "tenants", "create", "other");
        var key = (await RunAsync(data, "keys", "create", "--tenant", "acme", "--permissions", "*", "--json")).Json["id"]!.ToString();
        var before = await ShardOfAsync(data, "acme");

        var moved = await RunAsync(data, "tenants", "move", "--tenant", tenant, "--to", "main");

        Assert.Equal(("east", "main"), (before, await ShardOfAsync(data, "acme")));
        Assert.Contains("api_keys: 1 rows", moved.Output, StringComparison.Ordinal);
        Assert.Contains("lives on main now", moved.Output, StringComparison.Ordinal);
        Assert.Equal("revoked", (await RunAsync(data, "keys", "revoke", key, "--json")).Json["status"]!.ToString());
        Assert.Single((await RunAsync(data, "keys", "list", "--tenant", "acme", "--json")).Json.AsArray());
        Assert.Equal(4, (await RunAsync(data, "keys", "rotate-master", "--json")).Json["rewrapped"]!
            .GetValue<int>());   // two tenants, and the platform's on both shards
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_a_sentence()
    {
        using var data = new DataFolder();
        await RunAsync(data, "tenants", "create", "acme", "--shard", "east");

        var nowhere = await TryAsync(data, "tenants", "create", "beta", "--shard", "west");
        var twice = await TryAsync(data, "tenants", "create", "acme");
        var there = await TryAsync(data, "tenants", "move", "--tenant", "acme", "--to", "east");
        var missing = await TryAsync(data, "tenants", "move", "--tenant", "nobody", "--to", "east");
        var name = await TryAsync(data, "migrate", "--Patchbay:Shards:main:Database=sqlite:x.db");
        var same = await TryAsync(data, "migrate", $"--Patchbay:Shards:west:Database=sqlite:{data.File("east.db")}");

        Assert.Equal(
            (1, 1, 1, 1, 2, 2), (nowhere.ExitCode, twice.ExitCode, there.ExitCode, missing.ExitCode, name.ExitCode, same.ExitCode));
        Assert.Contains("main, east", nowhere.Errors, StringComparison.Ordinal);
        Assert.Contains("on shard east", twice.Errors, StringComparison.Ordinal);
        Assert.Contains("already lives on east", there.Errors, StringComparison.Ordinal);
        Assert.Contains("same database", same.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_and_doctor_go_over_all_shards()
    {
        using var data = new DataFolder();

        var migrated = await RunAsync(data, "migrate", "--json");
        var doctor = await RunAsync(data, "doctor", "--json", "--timeout", "1");

        Assert.Equal(["main", "east"], migrated.Json.AsArray().Select(shard => shard!["shard"]!.ToString()));
        var checks = doctor.Json["findings"]!.AsArray().Select(finding => finding!["check"]!.ToString()).ToList();
        Assert.Contains("schema of main", checks);
        Assert.Contains("schema of east", checks);
    }

    [Fact]
    public async Task A_hub_serves_the_tenants_of_both_and_its_metrics_say_which()
    {
        using var data = new DataFolder();
        await RunAsync(data, "tenants", "create", "acme", "--shard", "east");
        var secret =
            (await RunAsync(data, "keys", "create", "--tenant", "acme", "--permissions", "*", "--json")).Json["secret"]!.ToString();
        using var hub = PatchbayProcess.Start(["serve", "--urls", "http://127.0.0.1:0", .. Settings(data)]);
        var line = (await hub.ReadUntilAsync("Patchbay is up", _ct))!;
        var address = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ')[0]).GetLeftPart(UriPartial.Authority);
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);

        var tenant = await http.GetStringAsync(new Uri("/api/v1/tenant", UriKind.Relative), _ct);
        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), _ct);
        var ended = await hub.StopAsync(_ct);

        Assert.Contains("\"acme\"", tenant, StringComparison.Ordinal);
        Assert.Contains("patchbay_shard_up{shard=\"east\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains(metrics.Split('\n'), sample => sample.StartsWith("http_server_request_duration_seconds_count",
            StringComparison.Ordinal) && sample.Contains("shard=\"east\"", StringComparison.Ordinal));
        Assert.Equal(0, ended.ExitCode);
        Assert.False(File.Exists(data.File("first-api-key")));   // with shards the operator says where tenants go
    }

    private static string[] Settings(DataFolder data) =>
        ["--data", data.Path, $"--Patchbay:Shards:east:Database=sqlite:{data.File("east.db")}"];

    private async Task<string> ShardOfAsync(DataFolder data, string name) =>
        (await RunAsync(data, "tenants", "list", "--json")).Json.AsArray().Single(tenant => tenant!["name"]!.ToString() == name)!["shard"]!
            .ToString();

    private async Task<PatchbayProcess.Ended> RunAsync(DataFolder data, params string[] arguments)
    {
        var ended = await TryAsync(data, arguments);
        Assert.True(ended.ExitCode == 0, ended.Errors + ended.Output);
        return ended;
    }

    private Task<PatchbayProcess.Ended> TryAsync(DataFolder data, params string[] arguments) =>
        Verbs.RunAsync(_ct, [.. arguments, .. Settings(data)]);
}
