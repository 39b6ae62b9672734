using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Keys;
using Patchbay.Platform.Onboarding;
using Patchbay.Platform.Tenants;
using Patchbay.Hub.Tests.Access;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Tenants;

public sealed class TenantTests(AccessHub access) : IClassFixture<AccessHub>
{
    private const string Tenants = "/api/v1/tenants";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private TenantCreation Creation => access.Hub.Services.GetRequiredService<TenantCreation>();

    [Fact]
    public async Task A_platform_key_makes_a_tenant_whose_first_key_works()
    {
        using var platform = await PlatformAsync();

        var created = await platform.PostJsonAsync(Tenants, new { name = "Made over HTTP" }, idempotencyKey: "tenant");
        var repeat = await platform.PostJsonAsync(Tenants, new { name = "Made over HTTP" }, idempotencyKey: "tenant");
        using var first = access.Hub.Client(created.Text("api_key.secret"));
        var own = await first.GetJsonAsync("/api/v1/tenant");
        var audit = await first.GetJsonAsync("/api/v1/audit");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(created.Body.GetRawText(), repeat.Body.GetRawText());
        Assert.Equal((created.Text("id"), "Made over HTTP"), (own.Text("id"), own.Text("name")));
        Assert.False(own.Body.TryGetProperty("api_key", out _));
        Assert.Equal(
            ["key.create", "tenant.create"], audit["data"].EnumerateArray().Select(entry => entry.GetProperty("action").GetString()));
        Assert.True((await first.GetJsonAsync("/api/v1/audit/verify"))["ok"].GetBoolean());
        Assert.Equal("tenant_exists", (await platform.PostJsonAsync(Tenants, new { name = "Made over HTTP" })).Text("code"));
    }

    [Fact]
    public async Task A_platform_key_sees_the_tenants_but_nothing_of_theirs()
    {
        var (tenant, _) = await access.TenantAsync();
        using var platform = await PlatformAsync();
        var listed = await platform.GetJsonAsync($"{Tenants}?limit=200");
        Assert.Contains(tenant.ToString(), listed["data"].EnumerateArray().Select(one => one.GetProperty("id").GetString()));
        Assert.DoesNotContain("platform", listed["data"].EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        Assert.Equal(tenant.ToString(), (await platform.GetJsonAsync($"{Tenants}/{tenant}")).Text("id"));
        Assert.Equal(HttpStatusCode.NotFound, (await platform.GetJsonAsync($"{Tenants}/{PlatformTenant.Id}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await platform.GetJsonAsync("/api/v1/tenant")).Status);
        foreach (var path in new[] { "/api/v1/api-keys", "/api/v1/audit", "/api/v1/routing-rules", "/api/v1/integrations" })
            Assert.Equal(HttpStatusCode.Forbidden, (await platform.GetJsonAsync(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await platform.PostJsonAsync("/api/v1/api-keys", new { name = "x", permissions = new[] { "*" } })).Status);
    }

    [Fact]
    public async Task A_tenants_key_sees_no_tenant_but_its_own()
    {
        var (tenant, owner) = await access.TenantAsync();
        var weakKey = await access.Keys.CreateAsync(tenant, new CreateApiKeyRequest("x", ["read:messages"]), _ct);
        using var weak = access.Hub.Client(weakKey.Value.Secret);
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.GetJsonAsync(Tenants)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.GetJsonAsync($"{Tenants}/{tenant}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.PostJsonAsync(Tenants, new { name = "x" })).Status);
        Assert.Equal(tenant.ToString(), (await weak.GetJsonAsync("/api/v1/tenant")).Text("id"));
    }

    [Theory]
    [InlineData("", "is required")]
    [InlineData("Platform", "is reserved")]
    [InlineData("a\u0001", "must not have control characters")]
    public async Task A_tenant_needs_a_proper_name(string name, string fault) =>
        Assert.Equal([fault], (await Creation.CreateAsync(name, _ct)).Error!.Fields!["name"]);

    [Fact]
    public async Task Of_tenants_made_at_the_same_time_with_one_name_one_is_made()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Creation.CreateAsync(" Twins ", _ct)));
        Assert.Equal("Twins", Assert.Single(results, result => result.IsSuccess).Value.Name);
        Assert.All(results.Where(result => !result.IsSuccess), result => Assert.Equal("tenant_exists", result.Error!.Code));
    }

    [Fact]
    public async Task A_tenant_made_without_a_caller_can_have_keys_at_once()
    {
        var tenant = await Creation.CreateAsync("By hand", _ct);
        var key = await access.Keys.CreateAsync(tenant.Value.Id, new CreateApiKeyRequest("x", ["*"]), _ct);
        using var client = access.Hub.Client(key.Value.Secret);
        Assert.Equal(HttpStatusCode.Created,
            (await client.PostJsonAsync("/api/v1/api-keys", new { name = "y", permissions = new[] { "*" } }, idempotencyKey: "k")).Status);
    }

    private async Task<HttpClient> PlatformAsync() =>
        access.Hub.Client((await access.Keys.CreatePlatformKeyAsync("ops", _ct)).Value.Secret);
}
