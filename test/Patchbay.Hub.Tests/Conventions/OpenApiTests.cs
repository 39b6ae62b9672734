using System.Text.Json;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions;

public sealed class OpenApiTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_is_complete_enough_to_generate_a_client_from()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await HubHost.StartAsync(database.Setting, null, _ct);
        using var client = hub.Client(null);

        var document = (await client.GetJsonAsync("/openapi/v1.json")).Body;

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var names = new HashSet<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject()
                .Where(member => member.Name is "get" or "post" or "put" or "patch" or "delete"))
            {
                var where = $"{operation.Name} {path.Name}";
                Assert.True(names.Add(operation.Value.GetProperty("operationId").GetString()!), $"{where}: the name is not unique");
                foreach (var part in path.Name.Split('/').Where(part => part.StartsWith('{')))
                {
                    Assert.True(
                        operation.Value.GetProperty("parameters").EnumerateArray()
                            .Any(parameter => parameter.GetProperty("name").GetString() == part.Trim('{', '}')),
                        $"{where}: {part} is not described");
                }

                if (!path.Name.StartsWith("/api/v1/", StringComparison.Ordinal))
                    continue;
                var success = operation.Value.GetProperty("responses").EnumerateObject()
                    .Where(response => response.Name.StartsWith('2')).ToList();
                Assert.True(success.Count > 0 && success.All(response => HasSchema(response.Value)), $"{where}: no schema of the answer");
                Assert.True(HasSchema(operation.Value.GetProperty("responses").GetProperty("422")), $"{where}: no schema of errors");
            }
        }

        Assert.Equal("^pay_[0-7][0-9a-hjkmnp-tv-z]{25}$", document.GetProperty("components").GetProperty("schemas").GetProperty("PaymentId")
            .GetProperty("pattern").GetString());
        AssertResolved(document, document);
    }

    [Fact]
    public async Task The_page_over_it_is_served_without_outside_help()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await HubHost.StartAsync(database.Setting, null, _ct);
        using var client = hub.Client(null);

        var page = await client.GetStringAsync(new Uri("docs/index.html", UriKind.Relative), _ct);

        Assert.Contains("swagger-ui", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_type_of_a_problem_leads_to_its_explanation()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await HubHost.StartAsync(database.Setting, null, _ct);
        using var client = hub.Client(null);

        var type = (await client.GetJsonAsync("/api/v1/payments")).Text("type")!.Split('#');

        var page = await client.GetStringAsync(new Uri(type[0], UriKind.Relative), _ct);
        Assert.Contains($"id=\"{type[1]}\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"refund_exceeds_captured\"", page, StringComparison.Ordinal);
    }

    private static bool HasSchema(JsonElement response) =>
        response.TryGetProperty("content", out var content)
            && content.EnumerateObject().All(type => type.Value.TryGetProperty("schema", out _));

    /// <summary>Every reference leads somewhere.</summary>
    private static void AssertResolved(JsonElement document, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                AssertResolved(document, item);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (member.Name == "$ref")
                    Assert.True(document.GetProperty("components").GetProperty("schemas")
                        .TryGetProperty(member.Value.GetString()!.Split('/')[^1], out _), member.Value.GetString());
                else
                    AssertResolved(document, member.Value);
            }
        }
    }
}
