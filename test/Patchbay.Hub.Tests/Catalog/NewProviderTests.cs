using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Catalog;

public sealed class NewProviderTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_file_and_one_manifest_make_a_provider_that_is_activated_routed_to_and_used()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await HubHost.StartAsync(
            database.Setting, options => options.ConnectorAssemblies.Add(typeof(Pigeon).Assembly), _ct);
        using var client = hub.Client((await hub.CreateTenantAsync("Loft", _ct)).Key);

        var before = await ProviderAsync(client);
        Assert.Equal("not_installed", before.GetProperty("state").GetString());
        var wrong = await client.PostJsonAsync(
            "/api/v1/integrations", new { provider = "pigeon", mode = "sandbox", credentials = new { loft = "UPPER", colour = "grey" } });
        Assert.Equal(422, (int)wrong.Status);
        Assert.Equal(["credentials.colour", "credentials.loft", "credentials.whistle"], wrong["errors"].EnumerateObject()
            .Select(field => field.Name).Order());

        var created = await client.PostJsonAsync(
            "/api/v1/integrations", new { provider = "pigeon", mode = "sandbox",
                credentials = new { loft = "north", whistle = "two-long-one-short" } }, wait: TimeSpan.FromSeconds(5));
        Assert.Equal("••••hort", created.Text("credentials.whistle"));
        await Eventually.BecomesAsync(
            async () => (await client.GetJsonAsync($"/api/v1/integrations/{created.Text("id")}")).Text("status") == "active",
            TimeSpan.FromSeconds(60), _ct);
        Assert.Equal("enabled", (await ProviderAsync(client)).GetProperty("state").GetString());

        var sent = await client.PostJsonAsync(
            "/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "coo" }, wait: TimeSpan.FromSeconds(5));
        Assert.Equal(201, (int)sent.Status);
        Assert.Equal("delivered", sent.Text("status"));
        Assert.Equal($"bird-{sent.Text("id")}", sent.Text("provider_reference"));
    }

    private static async Task<System.Text.Json.JsonElement> ProviderAsync(HttpClient client) =>
        (await client.GetJsonAsync("/api/v1/integrations/providers"))["data"].EnumerateArray()
            .Single(provider => provider.GetProperty("name").GetString() == "pigeon");
}
