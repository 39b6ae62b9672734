using System.Text.Json;
using Patchbay.Storage;

namespace Patchbay.Platform.Api;

/// <summary>A value as JSON in a column of text: see <see cref="HubJson.Stored"/>.</summary>
public sealed class StoredJson<T> : IStoredAs<T?, string?>
    where T : class
{
    public static string? Write(T? value) => value is null ? null : JsonSerializer.Serialize(value, HubJson.Stored);

    public static T? Read(Row row, string column) =>
        row.FindText(column) is { } json ? JsonSerializer.Deserialize<T>(json, HubJson.Stored) : null;
}
