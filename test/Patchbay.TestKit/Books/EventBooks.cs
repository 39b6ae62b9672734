using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Json.Schema;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.TestKit;

/// <summary>Compares events with what their types declare.</summary>
public static class EventBooks
{
    private const int Most = 2_000;

    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
    private static readonly ConcurrentDictionary<string, JsonSchema> Schemas = new(StringComparer.Ordinal);

    /// <summary>What does not fit, of the newest events of a database; nothing when the database is gone.</summary>
    /// <param name="since">Only those published since then.</param>
    public static async Task<IReadOnlyList<string>> FaultsAsync(
        Database database, EventTypes types, CancellationToken cancellationToken, DateTimeOffset since = default)
    {
        IReadOnlyList<(string Type, string Data)> events;
        try
        {
            events = await database.QueryAsync(
                "SELECT type, data FROM events WHERE id >= @since ORDER BY id DESC LIMIT @Most",
                new { Most, since = IdGenerator.LowestAt(since < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : since) },
                row => (row.Text("type"), row.Text("data")), cancellationToken);
        }
        catch (DbException)
        {
            return [];
        }

        var faults = new List<string>();
        foreach (var (type, data) in events)
            faults.AddRange(Faults(types, type, data));
        return faults;
    }

    public static void AssertNone(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
            throw new InvalidOperationException($"{faults.Count} faults in events: {string.Join(Environment.NewLine, faults.Take(10))}");
    }

    /// <param name="data">JSON.</param>
    public static IReadOnlyList<string> Faults(string type, string data) => Faults(Declared.EventTypes, type, data);

    private static IReadOnlyList<string> Faults(EventTypes types, string type, string data)
    {
        if (types.Find(type) is not { } declared)
            return [$"{type} is not declared"];
        var schema = Schemas.GetOrAdd(type, _ => JsonSchema.FromText(
            declared.Schema.ToJsonString(), new BuildOptions { Dialect = Dialect.Draft202012, SchemaRegistry = new SchemaRegistry() }));
        var found = schema.Evaluate(JsonElement.Parse(data), Options);
        return found.IsValid ? [] : (found.Details ?? [])
            .Where(part => part.Errors is not null && !part.EvaluationPath.ToString().Contains("/if", StringComparison.Ordinal))
            .SelectMany(part => part.Errors!.Select(error => $"{type}: {part.InstanceLocation} {error.Value} in {data}")).ToList();
    }
}
