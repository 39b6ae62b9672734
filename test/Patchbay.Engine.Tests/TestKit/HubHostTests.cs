using System.Net;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.TestKit;

public sealed class HubHostTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestDatabases.Sqlite)]
    [InlineData(TestDatabases.PostgreSql)]
    public async Task A_started_hub_answers_a_tenants_key_and_nobody_else(string kind)
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var hub = await HubHost.StartAsync(database.Setting, null, _ct);
        var (_, key) = await hub.CreateTenantAsync("Acme", _ct);
        using var acme = hub.Client(key);
        using var stranger = hub.Client(null);

        var listed = await acme.GetJsonAsync("/api/v1/integrations");
        var refused = await stranger.GetJsonAsync("/api/v1/integrations");

        Assert.Equal(HttpStatusCode.OK, listed.Status);
        Assert.Equal(0, listed["data"].GetArrayLength());
        Assert.Equal("unauthenticated", refused.Text("code"));
    }
}
