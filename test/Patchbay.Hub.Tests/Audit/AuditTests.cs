using System.Net;
using Patchbay.Hub.Tests.Access;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Audit;

public sealed class AuditTests(AccessHub access) : IClassFixture<AccessHub>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_are_listed_newest_first_and_can_be_filtered()
    {
        var (_, owner) = await access.TenantAsync();
        var first = await NewKeyAsync(owner, "a");
        var second = await NewKeyAsync(owner, "b");
        await owner.PostJsonAsync($"/api/v1/api-keys/{first}/revoke");

        var all = await owner.GetJsonAsync("/api/v1/audit?limit=2");
        var rest = await owner.GetJsonAsync($"/api/v1/audit?limit=2&cursor={all.Text("next_cursor")}");
        var ofFirst = await owner.GetJsonAsync($"/api/v1/audit?subject={first}");
        var created = await owner.GetJsonAsync("/api/v1/audit?action=key.create");
        var mine = await owner.GetJsonAsync(
            $"/api/v1/audit?actor={all["data"][0].GetProperty("actor").GetString()}&action=key.create&subject={second}");

        Assert.Equal([3L, 2L], Seqs(all));
        Assert.Equal([1L], Seqs(rest));
        Assert.Equal([3L, 1L], Seqs(ofFirst));
        Assert.Equal([2L, 1L], Seqs(created));
        Assert.Equal([2L], Seqs(mine));
        Assert.Equal("b", mine["data"][0].GetProperty("detail").GetProperty("name").GetString());
        Assert.DoesNotContain("secret", all.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_are_shown_and_kept_without_what_may_be_a_token()
    {
        var (tenant, owner) = await access.TenantAsync();
        var webhook = await owner.PostJsonAsync(
            "/api/v1/webhooks", new { url = "https://hooks.example/services/hush-hush?token=hush-hush", events = new[] { "*" } });
        await owner.DeleteAsync(new Uri($"/api/v1/webhooks/{webhook.Text("id")}", UriKind.Relative), _ct);
        var kept = await access.Database.QueryAsync(
            "SELECT detail FROM audit WHERE tenant_id = @tenant ORDER BY seq", new { tenant }, row => row.Text("detail"), _ct);
        // As a version before has kept it.
        await access.Database.ExecuteAsync(
            "UPDATE audit SET detail = @old WHERE tenant_id = @tenant AND seq = 2",
            new { tenant, old = """{"url":"https://old.example:8443/hush-hush","more":["see http://a.example/hush-hush now"]}""" }, _ct);

        var shown = await owner.GetJsonAsync("/api/v1/audit");

        Assert.Equal("https://hooks.example/***", shown["data"][1].GetProperty("detail").GetProperty("url").GetString());
        Assert.Equal("https://old.example:8443/***", shown["data"][0].GetProperty("detail").GetProperty("url").GetString());
        Assert.Equal("see http://a.example/*** now", shown["data"][0].GetProperty("detail").GetProperty("more")[0].GetString());
        Assert.Equal(2, kept.Count);
        Assert.All(kept, detail => Assert.DoesNotContain("hush", detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_whole_chain_verifies()
    {
        var (_, owner) = await access.TenantAsync();
        Assert.Equal((true, 0L), await VerifyAsync(owner));
        await NewKeyAsync(owner, "a");
        await NewKeyAsync(owner, "b");
        Assert.Equal((true, 2L), await VerifyAsync(owner));
    }

    [Theory]
    [InlineData("UPDATE audit SET detail = replace(detail, 'b', 'x') WHERE tenant_id = @tenant AND seq = 2", 2)]
    [InlineData("UPDATE audit SET actor = 'cli' WHERE tenant_id = @tenant AND seq = 3", 3)]
    [InlineData("DELETE FROM audit WHERE tenant_id = @tenant AND seq = 1", 1)]
    [InlineData("DELETE FROM audit WHERE tenant_id = @tenant AND seq = 2", 2)]
    [InlineData("DELETE FROM audit WHERE tenant_id = @tenant AND seq = 3", 3)]
    [InlineData("DELETE FROM audit WHERE tenant_id = @tenant", 1)]
    public async Task A_row_that_was_changed_or_taken_out_is_found(string tampering, long brokenAt)
    {
        var (tenant, owner) = await access.TenantAsync();
        foreach (var name in new[] { "a", "b", "c" })
            await NewKeyAsync(owner, name);

        await access.Database.ExecuteAsync(tampering, new { tenant }, _ct);
        var verified = await owner.GetJsonAsync("/api/v1/audit/verify");

        Assert.False(verified["ok"].GetBoolean());
        Assert.Equal(brokenAt, verified["broken_at"].GetInt64());
        Assert.Equal(brokenAt - 1, verified["checked"].GetInt64());
    }

    [Fact]
    public async Task Another_tenants_audit_is_not_seen()
    {
        var (_, acme) = await access.TenantAsync();
        var (_, other) = await access.TenantAsync();
        var key = await NewKeyAsync(acme, "a");
        Assert.Empty(Seqs(await other.GetJsonAsync("/api/v1/audit")));
        Assert.Empty(Seqs(await other.GetJsonAsync($"/api/v1/audit?subject={key}")));
    }

    [Fact]
    public async Task The_audit_needs_its_own_permission()
    {
        var (_, owner) = await access.TenantAsync();
        var key = await owner.PostJsonAsync("/api/v1/api-keys", new { name = "x", permissions = new[] { "write:payments" } });
        using var client = access.Hub.Client(key.Text("secret"));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetJsonAsync("/api/v1/audit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetJsonAsync("/api/v1/audit/verify")).Status);
    }

    private static async Task<string> NewKeyAsync(HttpClient owner, string name) =>
        (await owner.PostJsonAsync("/api/v1/api-keys", new { name, permissions = new[] { "*" } })).Text("id")!;

    private static async Task<(bool Ok, long Checked)> VerifyAsync(HttpClient owner)
    {
        var verified = await owner.GetJsonAsync("/api/v1/audit/verify");
        return (verified["ok"].GetBoolean(), verified["checked"].GetInt64());
    }

    private static IEnumerable<long> Seqs(HubReply page) =>
        page["data"].EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt64());
}
