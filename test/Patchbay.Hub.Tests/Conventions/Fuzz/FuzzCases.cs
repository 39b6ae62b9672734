using System.Text.Json.Nodes;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Tests.Conventions.Fuzz;

/// <summary>A request in which one thing is nasty.</summary>
/// <param name="What">The field or the parameter.</param>
/// <param name="Body">Null when there is none.</param>
internal sealed record FuzzCase(ApiOperation Operation, string Address, string What, string? Body)
{
    public override string ToString() => $"{Operation.Method} {Cut(Address)} ({What}) {Cut(Body ?? "")}";

    private static string Cut(string text) => text.Length <= 600 ? text : text[..600] + "…";
}

/// <summary>Every field, every parameter of the query and of the path of every operation, with every nasty value.</summary>
internal static class FuzzCases
{
    private const string Mark = "put the nasty value here";

    /// <param name="ids">Things there are, by the prefix of their ids: <c>pay</c>.</param>
    public static IEnumerable<FuzzCase> Of(ApiDocument document, IReadOnlyDictionary<string, string> ids)
    {
        foreach (var operation in document.Operations)
        {
            var good = operation is { Body: not null, ContentType: "application/json" } ? GoodBodies.For(operation).ToJsonString() : null;
            var address = Fill(operation, ids, null, null);
            foreach (var name in operation.QueryNames)
            {
                foreach (var value in NastyValues.Query.Select(value => value.Replace("{0}", name, StringComparison.Ordinal)))
                    yield return new FuzzCase(operation, $"{address}?{name}={value}", name, good);
            }

            foreach (var name in operation.PathNames)
            {
                foreach (var value in NastyValues.Address.Where(value => value.Length > 0))
                    yield return new FuzzCase(operation, Fill(operation, ids, name, value), name, good);
            }

            foreach (var (what, body) in Nasty(document, operation))
                yield return new FuzzCase(operation, address, what, body);
        }
    }

    private static string Fill(ApiOperation operation, IReadOnlyDictionary<string, string> ids, string? nasty, string? value) =>
        operation.PathNames.Aggregate(operation.Path, (path, name) => path.Replace(
            $"{{{name}}}", name == nasty ? value! : Good(operation.Path, name, ids), StringComparison.Ordinal));

    private static string Good(string path, string name, IReadOnlyDictionary<string, string> ids) => name switch
    {
        "country" => "DE",
        "currency" => "USD",
        "provider" => "plivo",
        _ => ids.Where(id => path.Contains(id.Key, StringComparison.Ordinal)).OrderByDescending(id => id.Key.Length)
            .Select(id => id.Value).FirstOrDefault("key_01h455vb4pex5vsknk084sn02q"),
    };

    private static IEnumerable<(string What, string Body)> Nasty(ApiDocument document, ApiOperation operation)
    {
        if (operation.ContentType == "text/csv")
        {
            foreach (var value in NastyValues.Json.Select(json => json.Length > 1 && json[0] == '"' ? Unescape(json) : json))
            {
                yield return ("cell", $"affiliate_id,affiliate_lead_id,country\na,{value},DE\n");
                yield return ("header", $"affiliate_id,affiliate_lead_id,{value}\na,b,c\n");
            }
        }

        if (operation.Body is not { } schema || operation.ContentType != "application/json")
            yield break;
        foreach (var value in NastyValues.Json)
            yield return ("body", value);
        var sample = document.Sample(schema)!.AsObject();
        foreach (var place in ApiDocument.PlacesIn(sample))
        {
            var whole = With(sample, place);
            var least = GoodBodies.For(operation);
            least[(string)place[0]] = whole[(string)place[0]]!.DeepClone();
            foreach (var marked in new[] { whole, least }.Select(body => body.ToJsonString(HubJson.Options)))
            {
                foreach (var value in NastyValues.Json)
                    yield return (string.Join('.', place), marked.Replace($"\"{Mark}\"", value, StringComparison.Ordinal));
            }
        }
    }

    private static string Unescape(string json) =>
        json[1..^1].Replace("\\u0000", "\0", StringComparison.Ordinal).Replace("\\r\\n", "\r\n", StringComparison.Ordinal);

    private static JsonNode With(JsonNode sample, IReadOnlyList<object> place)
    {
        var copy = sample.DeepClone();
        var parent = copy;
        foreach (var step in place.SkipLast(1))
            parent = step is string field ? parent[field]! : parent[(int)step]!;
        if (place[^1] is string name)
            parent[name] = Mark;
        else
            parent[(int)place[^1]] = Mark;
        return copy;
    }
}
