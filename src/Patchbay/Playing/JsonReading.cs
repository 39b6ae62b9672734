using System.Text.Json.Nodes;

namespace Patchbay.Playing;

/// <summary>Short ways to what the demo shows of an answer.</summary>
internal static class JsonReading
{
    public static string Text(this JsonNode node, string field) =>
        node.Find(field) ?? throw new Surprise($"An answer lacks the field '{field}'.");

    public static string? Find(this JsonNode node, string field) => node[field]?.ToString();

    public static IEnumerable<JsonNode> Attempts(this JsonNode delivery) =>
        (delivery["attempts"] as JsonArray ?? throw new Surprise("A delivery came without its attempts.")).Select(attempt => attempt!);
}
