using System.Text.Json.Nodes;
using Patchbay.TestKit;

namespace Patchbay.Tests.Commands;

/// <summary>The verbs that make things, once on each database.</summary>
[Trait("Takes", "long")]
public sealed class TenantAndKeyTests(PostgresServer postgres)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    public static TheoryData<bool> Databases => [false, true];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_tenant_gets_a_key_that_is_listed_and_can_be_revoked(bool onPostgres)
    {
        using var data = new DataFolder();
        var tenant = (await RunAsync("tenants", "create", "acme", "--json")).Json;
        var key = (await RunAsync(
            "keys", "create", "--tenant", "acme", "--permissions", "write:payments,read:deliveries", "--name", "shop", "--expires", "90d",
            "--network", "203.0.113.0/24", "--json")).Json;
        var revoked = (await RunAsync("keys", "revoke", Text(key, "id"), "--json")).Json;
        var listed = (await RunAsync("keys", "list", "--tenant", Text(tenant, "id"), "--json"));

        Assert.StartsWith("ten_", Text(tenant, "id"), StringComparison.Ordinal);
        Assert.StartsWith("ba_live_", Text(key, "secret"), StringComparison.Ordinal);
        Assert.Equal(["write:payments", "read:deliveries"], key["permissions"]!.AsArray().Select(word => word!.ToString()));
        Assert.Equal(["203.0.113.0/24"], key["allowed_networks"]!.AsArray().Select(network => network!.ToString()));
        Assert.Equal(TimeSpan.FromDays(90), key["expires_at"]!.GetValue<DateTimeOffset>() - key["created_at"]!.GetValue<DateTimeOffset>());
        Assert.Equal("revoked", Text(revoked, "status"));
        Assert.Equal("revoked", Text(Assert.Single(listed.Json.AsArray())!, "status"));
        Assert.DoesNotContain(Text(key, "secret"), listed.Output, StringComparison.Ordinal);

        async Task<PatchbayProcess.Ended> RunAsync(params string[] arguments)
        {
            var ended = await Verbs.RunAsync(_ct, [.. arguments, "--data", data.Path, .. await DatabaseAsync()]);
            Assert.True(ended.ExitCode == 0, ended.Errors);
            return ended;
        }

        async Task<string[]> DatabaseAsync() =>
            onPostgres ? ["--database", _database ??= await postgres.CreateDatabaseAsync(null, _ct)] : [];
    }

    [Fact]
    public async Task No_tenant_is_made_under_a_master_key_that_is_not_the_databases()
    {
        using var data = new DataFolder();
        await Verbs.RunAsync(_ct, "tenants", "create", "acme", "--data", data.Path);
        File.Delete(data.File("master.key"));

        var lost = await Verbs.RunAsync(_ct, "tenants", "create", "beta", "--data", data.Path);
        var other = new Dictionary<string, string> { ["Patchbay__MasterKey"] = $"1:{Convert.ToBase64String(new byte[32])}" };
        var foreign = await PatchbayProcess.RunAsync(other, _ct, "tenants", "create", "beta", "--data", data.Path);

        Assert.Equal((1, 1), (lost.ExitCode, foreign.ExitCode));
        Assert.Contains("is missing", lost.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", lost.Errors + foreign.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(data.File("master.key")));
    }

    [Fact]
    public async Task What_the_hub_refuses_is_said_in_its_words()
    {
        using var data = new DataFolder();
        await Verbs.RunAsync(_ct, "tenants", "create", "acme", "--data", data.Path);

        var twice = await Verbs.RunAsync(_ct, "tenants", "create", "acme", "--data", data.Path);
        var missing = await Verbs.RunAsync(_ct, "keys", "list", "--tenant", "nobody", "--data", data.Path);
        var wrong = await Verbs.RunAsync(_ct, "keys", "create", "--tenant", "acme", "--permissions", "fly", "--data", data.Path);

        Assert.Equal((1, 1, 2), (twice.ExitCode, missing.ExitCode, wrong.ExitCode));
        Assert.Contains("already", twice.Errors, StringComparison.Ordinal);
        Assert.Contains("nobody", missing.Errors, StringComparison.Ordinal);
        Assert.Contains("permissions", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotating_the_master_key_wraps_the_tenants_keys_again_and_leaves_the_older_version_in_the_file()
    {
        using var data = new DataFolder();
        await Verbs.RunAsync(_ct, "tenants", "create", "acme", "--data", data.Path);

        var rotated = await Verbs.RunAsync(_ct, "keys", "rotate-master", "--json", "--data", data.Path);
        var again = await Verbs.RunAsync(_ct, "keys", "rotate-master", "--rewrap-only", "--json", "--data", data.Path);

        Assert.Equal(2, rotated.Json["version"]!.GetValue<int>());
        Assert.Equal(2, rotated.Json["rewrapped"]!.GetValue<int>());   // the tenant's and the platform's
        Assert.Equal(0, again.Json["rewrapped"]!.GetValue<int>());
        Assert.Equal(2, (await File.ReadAllLinesAsync(data.File("master.key"), _ct)).Length);
    }

    private string? _database;

    private static string Text(JsonNode node, string field) => node[field]!.ToString();
}
