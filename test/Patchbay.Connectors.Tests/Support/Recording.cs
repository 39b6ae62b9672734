using System.Text.Json.Nodes;

namespace Patchbay.Connectors.Tests;

/// <summary>
/// A provider's file in <c>Recordings/</c>: what is asked and answered, what webhooks say, which signatures prove something. README.md
/// there describes it.
/// </summary>
internal sealed class Recording
{
    private readonly JsonObject _file;
    private readonly JsonObject _samples;

    private Recording(string provider)
    {
        _file = SpecFile.ReadYaml(provider + ".yaml", "recordings/");
        var vendors = SpecFile.Exists(provider + "-fixtures.json")
            ? (JsonObject)SpecFile.ReadJson(provider + "-fixtures.json")["resources"]!
            : [];
        _samples = (JsonObject)vendors.DeepClone();
        foreach (var (name, sample) in _file["samples"] as JsonObject ?? [])
            _samples[name] = Expand(sample, []);
        Calls = Rows("calls");
        Webhooks = Rows("webhooks");
        Signatures = Rows("signatures");
    }

    /// <summary>What the manifest has to declare.</summary>
    public JsonObject Manifest => (JsonObject)_file["manifest"]!;

    /// <summary>The provider cannot be asked about a message, so one whose answer was lost is sent again.</summary>
    public bool SendsAgain => _file["sends_again"]?.GetValue<bool>() ?? false;

    public IReadOnlyList<JsonObject> Calls { get; }

    public IReadOnlyList<JsonObject> Webhooks { get; }

    public IReadOnlyList<JsonObject> Signatures { get; }

    public static Recording Of(string provider) => new(provider);

    /// <summary>What the provider is asked in a call, in turn.</summary>
    public static IEnumerable<JsonObject> Asks(JsonObject call) =>
        (call["asks"] as JsonArray ?? throw new InvalidOperationException($"'{call["it"]}' asks nothing.")).OfType<JsonObject>();

    /// <summary>One row for each line of <c>each</c>, whose values stand for <c>$1</c>, <c>$2</c> and so on.</summary>
    private List<JsonObject> Rows(string section)
    {
        var rows = new List<JsonObject>();
        foreach (var row in (_file[section] as JsonArray ?? []).OfType<JsonObject>())
        {
            foreach (var values in row["each"] as JsonArray ?? new JsonArray(new JsonArray()))
            {
                var one = (JsonObject)Expand(row, [.. values as JsonArray ?? new JsonArray(values?.DeepClone())])!;
                one.Remove("each");
                if (row["each"] is not null)
                    one["it"] = $"{one["it"]} ({values?.ToJsonString()})";
                rows.Add(one);
            }
        }

        return rows;
    }

    private JsonNode? Expand(JsonNode? node, JsonNode?[] values)
    {
        switch (node)
        {
            case JsonObject fields:
                var sample = fields["$like"] is { } like
                    ? (JsonObject)_samples[Fill(like.ToString(), values)!.ToString()]!.DeepClone() : [];
                foreach (var (name, value) in fields.Where(field => field.Key != "$like"))
                    sample[name] = Expand(value, values);
                return sample;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Expand(item, values))]);
            case JsonValue value when value.TryGetValue(out string? text):
                return Fill(text, values);
            default:
                return node?.DeepClone();
        }
    }

    private JsonNode? Fill(string text, JsonNode?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (text == "$" + (i + 1))
                return Expand(values[i], []);
            text = text.Replace("$" + (i + 1), values[i]?.ToString(), StringComparison.Ordinal);
        }

        return text;
    }
}
