using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>
/// Nests a form or query as its server would: <c>a[b][c]=v</c> becomes objects, <c>a[]=v</c> and a repeated <c>a=v</c> become arrays.
/// Array indexes stay the keys of an object; the schema decides whether an array is meant.
/// </summary>
internal static class FormTree
{
    public static JsonObject Parse(string form)
    {
        var root = new JsonObject();
        foreach (var (key, value) in FormFields.Parse(form))
        {
            var parts = key.Replace("]", "", StringComparison.Ordinal).Split('[');
            var parent = root;
            foreach (var part in parts[..^1])
            {
                if (parent[part] is not JsonObject child)
                    parent[part] = child = [];
                parent = child;
            }

            Put(parent, parts[^1], value);
        }

        return root;
    }

    private static void Put(JsonObject parent, string name, string value)
    {
        if (name.Length == 0)
            name = parent.Count.ToString(CultureInfo.InvariantCulture);
        if (parent[name] is JsonArray several)
            several.Add(value);
        else if (parent[name] is { } one)
            parent[name] = new JsonArray(one.DeepClone(), value);
        else
            parent[name] = value;
    }
}
