using System.Collections.Concurrent;
using System.Data.Common;
using NJsonSchema;
using Patchbay.Storage;

namespace Patchbay.TestKit;

/// <summary>Compares events with what their types declare.</summary>
public static class EventBooks
{
    private const int Most = 2_000;

    private static readonly ConcurrentDictionary<string, Task<JsonSchema>> Schemas = new(StringComparer.Ordinal);

    /// <summary>What does not fit, of the newest events of a database; nothing when the database is gone.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(Database database, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Type, string Data)> events;
        try
        {
            events = await database.QueryAsync(
                "SELECT type, data FROM events ORDER BY id DESC LIMIT @Most", new { Most }, row => (row.Text("type"), row.Text("data")), cancellationToken);
        }
        catch (DbException)
        {
            return [];
        }

        var faults = new List<string>();
        foreach (var (type, data) in events)
            faults.AddRange(await FaultsAsync(type, data));
        return faults;
    }

    /// <param name="data">JSON.</param>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string type, string data)
    {
        if (Declared.EventTypes.Find(type) is not { } declared)
            return [$"{type} is not declared"];
        var schema = await Schemas.GetOrAdd(type, _ => JsonSchema.FromJsonAsync(declared.Schema.ToJsonString()));
        return schema.Validate(data).Select(fault => $"{type}: {fault.Path} {fault.Kind} in {data}").ToList();
    }
}
