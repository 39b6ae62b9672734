using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions.OpenApi;

/// <summary>The document from which clients are generated without a hub.</summary>
public sealed class PublishedDocumentTests(HubDatabases databases)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>To bring the file up to date: <c>just docs</c>, or PATCHBAY_WRITE_DOCS=1 and this test.</summary>
    [Fact]
    public async Task The_document_beside_the_clients_is_what_the_hub_serves()
    {
        var token = TestContext.Current.CancellationToken;
        await using var hub = await databases.LendAsync(TestDatabases.Sqlite, token);
        using var client = hub.Host.Client(null);
        var served = JsonNode.Parse((await HubDocument.ReadAsync(client)).Text)!;
        served["servers"] = new JsonArray(new JsonObject { ["url"] = "http://localhost:5000" });   // where a first one is
        var document = served.ToJsonString(Indented) + "\n";
        var file = Path.Combine(Repository.Root, "clients", "openapi.json");
        if (Environment.GetEnvironmentVariable("PATCHBAY_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(file, document, token);

        Assert.Equal(document, await File.ReadAllTextAsync(file, token));
    }
}
