using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Retention;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Features;

public sealed class NewFeatureTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestDatabases.Sqlite)]
    [InlineData(TestDatabases.PostgreSql)]
    public async Task A_folder_makes_a_feature_with_everything_that_features_have(string kind)
    {
        await using var database = await databases.CreateAsync(kind, _ct);
        await using var hub = await HubHost.StartAsync(
            database.Setting, options => options.FeatureAssemblies.Add(typeof(NotesFeature).Assembly), _ct);
        using var client = hub.Client((await hub.CreateTenantAsync("Desk", _ct)).Key);

        var written = await client.PostJsonAsync("/api/v1/notes", new { text = "Call back" });
        var rude = await client.PostJsonAsync("/api/v1/notes", new { text = "Hey you" });
        var found = await client.GetJsonAsync($"/api/v1/notes/{written.Text("id")}");
        var list = await client.GetJsonAsync("/api/v1/notes?text=Call%20back");
        var none = await client.GetJsonAsync("/api/v1/notes?text=Other");
        HubReply? told = null;
        await Eventually.BecomesAsync(
            async () => (told = await client.GetJsonAsync("/api/v1/events?type=note.*"))["data"].GetArrayLength() == 1,
            TimeSpan.FromSeconds(60), _ct);
        var key = await client.PostJsonAsync("/api/v1/api-keys", new { name = "reader", permissions = new[] { "read:notes" } });
        using var reader = hub.Client(key.Text("secret"));

        Assert.Equal((201, 422, "note_rude"), ((int)written.Status, (int)rude.Status, rude.Text("code")));
        Assert.Equal("Call back", found.Text("text"));
        Assert.Equal((1, 0), (list["data"].GetArrayLength(), none["data"].GetArrayLength()));
        Assert.Equal(written.Text("id"), told!["data"][0].GetProperty("data").GetProperty("id").GetString());
        Assert.Equal((200, 403), ((int)(await reader.GetJsonAsync("/api/v1/notes")).Status,
            (int)(await reader.PostJsonAsync("/api/v1/notes", new { text = "No" })).Status));
        Assert.Contains("/api/v1/notes", (await client.GetJsonAsync("/openapi/v1.json"))["paths"].EnumerateObject()
            .Select(path => path.Name));
        Assert.Contains("note_rude", await client.GetStringAsync(new Uri("/docs/errors", UriKind.Relative), _ct), StringComparison.Ordinal);
        Assert.NotNull(hub.Services.GetRequiredService<ActionRegistry>().Find("notes.write"));
        Assert.Contains(hub.Services.GetServices<Retained>(), table => table.Name == "notes");
    }
}
