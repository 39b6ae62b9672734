using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Platform.Api;

/// <summary>What a document is read as, place by place, so that a refusal can say what belongs there.</summary>
/// <param name="Root">What the whole is read as.</param>
internal sealed partial record JsonShape(Type Root, JsonSerializerOptions Json)
{
    /// <summary>The steps of a path as the serializer writes it, <c>$.conditions[0].value</c>; null is a place in a list.</summary>
    public static IReadOnlyList<string?> StepsOf(string? path) => [.. Step().Matches(path ?? "").Select(
        step => step.Groups[1].Success ? step.Groups[1].Value : step.Groups[2].Success ? step.Groups[2].Value : null)];

    /// <summary>Null where nothing is said about what belongs there.</summary>
    public Type? At(IEnumerable<string?> steps)
    {
        var type = Root;
        foreach (var step in steps)
        {
            var info = Json.GetTypeInfo(type);
            var below = info.Kind switch
            {
                JsonTypeInfoKind.Object when step is not null => info.Properties.FirstOrDefault(field => field.Name == step)?.PropertyType,
                JsonTypeInfoKind.Enumerable when step is null => type.GetElementType() ?? type.GetGenericArguments().LastOrDefault(),
                JsonTypeInfoKind.Dictionary when step is not null => type.GetGenericArguments().LastOrDefault(),
                _ => null,
            };
            if (below is null)
                return null;
            type = Nullable.GetUnderlyingType(below) ?? below;
        }

        return type;
    }

    /// <summary>True for a list whose entries are something.</summary>
    public bool RefusesNullAt(IEnumerable<string?> steps) =>
        At(steps) is { IsValueType: false } type && type != typeof(object) && !type.IsAssignableTo(typeof(JsonNode));

    /// <summary>The fields of what is read there; none where it is no object.</summary>
    public IEnumerable<string> FieldsAt(IEnumerable<string?> steps) =>
        At(steps) is { } type ? Json.GetTypeInfo(type).Properties.Select(field => field.Name) : [];

    /// <summary>What belongs there, as a demand.</summary>
    public string RuleAt(IReadOnlyList<string?> steps) => At(steps) switch
    {
        { } text when text == typeof(string) || text == typeof(Secret) => "must be a text",
        { } flag when flag == typeof(bool) => "must be true or false",
        { } number when number == typeof(int) => $"must be a whole number, at most {int.MaxValue}",
        { } number when number == typeof(long) => $"must be a whole number, at most {long.MaxValue}",
        { } number when number == typeof(double) || number == typeof(decimal) => "must be a number",
        { } address when address == typeof(Uri) => "must be an address such as https://example.com/",
        { } list when Json.GetTypeInfo(list).Kind == JsonTypeInfoKind.Enumerable =>
            $"must be a list, of which each {RuleAt([.. steps, null])}",
        { } other when Json.GetTypeInfo(other).Kind == JsonTypeInfoKind.Dictionary => "must be an object of names and values",
        { } other when other == typeof(JsonObject) || Json.GetTypeInfo(other).Kind == JsonTypeInfoKind.Object => "must be an object",
        _ => "is not what belongs here; see the documentation of this address",
    };

    [GeneratedRegex(@"\.([^.\[]+)|\['(.*?)'\]|\[\d+\]")]
    private static partial Regex Step();
}
