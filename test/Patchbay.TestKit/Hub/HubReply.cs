using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Patchbay.TestKit;

/// <summary>An answer of the hub.</summary>
/// <param name="Body">Undefined (<see cref="JsonValueKind.Undefined"/>) when the answer was empty.</param>
public sealed record HubReply(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers)
{
    /// <summary>A property of the body by a dotted path, such as <c>next_action.type</c>.</summary>
    public JsonElement this[string path] => path.Split('.').Aggregate(Body, (element, name) => element.GetProperty(name));

    public string? Text(string path) => this[path].GetString();

    public override string ToString() => $"{(int)Status} {Body}";
}

public static class JsonElements
{
    /// <summary>A property that is a text, or null.</summary>
    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();
}
