using System.Globalization;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Routing;

/// <summary>The value of a condition, read as its operator needs it: the value and its stored form, or null and a fault.</summary>
internal readonly struct ConditionValue(RoutingField field, JsonElement json, string path, Faults faults)
{
    private const int MaxTextLength = 255;
    private const int MaxValues = 200;

    public (bool Value, JsonElement Normal)? Flag()
    {
        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return (json.GetBoolean(), json);
        faults.Add(path, "must be true or false");
        return null;
    }

    public (string Value, JsonElement Normal)? Text() =>
        ReadText(json, path) is { } text ? (text, JsonSerializer.SerializeToElement(text, RoutingJson.Stored.String)) : null;

    public (decimal Value, JsonElement Normal)? Number() =>
        ReadNumber(json, path) is { } number ? (number, JsonSerializer.SerializeToElement(Plain(number), RoutingJson.Stored.String)) : null;

    public (string[] Value, JsonElement Normal)? Texts()
    {
        if (!IsList(1, MaxValues, $"must be a list of 1 to {MaxValues} texts"))
            return null;
        var texts = new List<string>();
        foreach (var (element, at) in Elements())
        {
            if (ReadText(element, at) is { } text && !texts.Contains(text, StringComparer.Ordinal))
                texts.Add(text);
        }

        return faults.Concern(path)
            ? null : (texts.ToArray(), JsonSerializer.SerializeToElement([.. texts], RoutingJson.Stored.StringArray));
    }

    public (decimal[] Value, JsonElement Normal)? Numbers() =>
        IsList(1, MaxValues, $"must be a list of 1 to {MaxValues} numbers") ? ReadNumbers() : null;

    /// <summary>Low and high.</summary>
    public (decimal[] Value, JsonElement Normal)? Range()
    {
        if (!IsList(2, 2, "must be a list of two numbers, low and high") || ReadNumbers() is not { } range)
            return null;
        if (range.Value[0] <= range.Value[1])
            return range;
        faults.Add(path, "must have the lower number first");
        return null;
    }

    private static string Plain(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private (decimal[] Value, JsonElement Normal)? ReadNumbers()
    {
        var numbers = new List<decimal>();
        foreach (var (element, at) in Elements())
            numbers.Add(ReadNumber(element, at).GetValueOrDefault());
        return faults.Concern(path)
            ? null
            : (numbers.ToArray(), JsonSerializer.SerializeToElement(numbers.Select(Plain).ToArray(), RoutingJson.Stored.StringArray));
    }

    private bool IsList(int min, int max, string message)
    {
        var isList = json.ValueKind == JsonValueKind.Array && json.GetArrayLength() >= min && json.GetArrayLength() <= max;
        if (!isList)
            faults.Add(path, message);
        return isList;
    }

    private IEnumerable<(JsonElement Element, string Path)> Elements()
    {
        var at = path;
        return json.EnumerateArray().Select((element, i) => (element, $"{at}[{i}]"));
    }

    private string? ReadText(JsonElement element, string at)
    {
        var text = ConditionReader.TextOf(element) is { } read ? field.Normalize(read) : null;
        var fault = text switch
        {
            null => "must be a text",
            "" => "must not be empty",
            { Length: > MaxTextLength } => $"must have at most {MaxTextLength} characters",
            _ when text.Any(char.IsControl) => "must not have control characters",
            _ when field.IsCountry && !CountryCode.IsKnown(text) => "must be an ISO 3166-1 alpha-2 country, for example BR",
            _ when field.Kind == RoutingFieldKind.Currency && !Currency.TryParse(text, out _) =>
                "must be an ISO 4217 currency, for example EUR",
            _ => null,
        };
        if (fault is null)
            return text;
        faults.Add(at, fault);
        return null;
    }

    private decimal? ReadNumber(JsonElement element, string at)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.String => ConditionReader.TextOf(element),
            JsonValueKind.Number => element.GetRawText(),
            _ => null,
        };
        if (PlainDecimal.TryParse(text, out var number))
            return number;
        faults.Add(at, "must be a decimal number, for example \"100.50\"");
        return null;
    }
}
