using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Events;

public sealed class EventTypesTests
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static TheoryData<string> Names => [.. Declared.EventTypes.All.Select(type => type.Name)];

    [Fact]
    public void All_that_the_contract_names_and_the_hub_does_are_declared_once()
    {
        var names = Declared.EventTypes.All.Select(type => type.Name).ToList();

        Assert.Equal(names.Distinct(), names);
        Assert.Superset(
            new HashSet<string>
            {
                "integration.status_changed", "payment.created", "payment.authorized", "payment.succeeded", "payment.failed",
                "payment.canceled", "payment.refunded", "payment.disputed", "refund.succeeded", "refund.failed", "message.sent",
                "message.delivered", "message.read", "message.failed", "delivery.exhausted", "alert.raised",
            },
            names.ToHashSet());
        Assert.All(names, name => Assert.Matches("^[a-z_]+\\.[a-z_]+$", name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_example_of_a_type_fits_its_schema_and_other_data_does_not(string name)
    {
        var type = Declared.EventTypes.Find(name)!;

        Assert.Empty(EventBooks.Faults(name, type.Example.ToJsonString()));
        Assert.NotEmpty(EventBooks.Faults(name, "{}"));
        Assert.NotEmpty(EventBooks.Faults(name, "[]"));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", type.Schema["$schema"]!.GetValue<string>());
    }

    [Fact]
    public void A_schema_knows_ids_words_and_times()
    {
        Assert.NotEmpty(With("id", "msg_01kanx0fv9e5vbr9b7xw6n4c2m"));
        Assert.NotEmpty(With("status", "paid"));
        Assert.NotEmpty(With("created_at", "yesterday"));
        Assert.NotEmpty(With("amount", 12.5));
        Assert.NotEmpty(With("amount", null));
        Assert.Empty(With("description", null));
        Assert.Empty(With("a_field_of_tomorrow", 1));

        static IReadOnlyList<string> With(string field, JsonNode? value)
        {
            var data = Declared.EventTypes.Find("payment.succeeded")!.Example.DeepClone();
            data[field] = value;
            return EventBooks.Faults("payment.succeeded", data.ToJsonString());
        }
    }

    /// <summary>To bring the page up to date: <c>just docs</c>, or PATCHBAY_WRITE_DOCS=1 and this test.</summary>
    [Fact]
    public async Task The_page_in_the_docs_is_up_to_date()
    {
        var file = Path.Combine(Repository.Root, "docs", "events.md");
        var page = Page();
        if (Environment.GetEnvironmentVariable("PATCHBAY_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(file, page, TestContext.Current.CancellationToken);

        Assert.Equal(page, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Event types

            Generated from what the hub declares (`just docs`). `GET /api/v1/event-types` answers the same, with the schemas in full. [How to read events](api.md#events).

            | type | published when |
            | --- | --- |

            """);
        foreach (var type in Declared.EventTypes.All)
            page.Append($"| [`{type.Name}`](#{type.Name.Replace(".", "", StringComparison.Ordinal)}) | {type.Description} |\n");
        foreach (var type in Declared.EventTypes.All)
        {
            page.Append($"\n## {type.Name}\n\n{type.Description}. `data`:\n\n");
            var fields = type.Schema["properties"]!.AsObject();
            page.Append($"{string.Join(", ", fields.Select(field => $"`{field.Key}` {KindOf(field.Value!)}"))}.\n\n");
            page.Append($"```json\n{type.Example.ToJsonString(Indented)}\n```\n");
        }

        return page.ToString();
    }

    /// <summary>Such as <c>text or null</c>, or the words of an enumeration.</summary>
    private static string KindOf(JsonNode schema)
    {
        var kinds = schema["type"] switch
        {
            JsonArray several => several.Select(one => one!.GetValue<string>()),
            { } one => [one.GetValue<string>()],
            null => [],
        };
        var kind = (schema["enum"], schema["format"]?.GetValue<string>()) switch
        {
            (JsonArray words, _) => string.Join('/', words.Where(word => word is not null).Select(word => word!.GetValue<string>()))
                + (words.Contains(null) ? " or null" : ""),
            (_, "date-time") => string.Join(" or ", kinds).Replace("string", "time", StringComparison.Ordinal),
            _ => string.Join(" or ", kinds),
        };
        return kind.Length == 0 ? "any" : kind;
    }
}
