using System.Text.Json;
using System.Text.RegularExpressions;

namespace Patchbay.TestKit;

/// <summary>Reads refusals as a person does who has to do something about them.</summary>
public static partial class Refusals
{
    /// <summary>What helps nobody: regular expressions, names of .NET, and what is wrong without what is right.</summary>
    public static IEnumerable<string> Unhelpful(JsonElement problem)
    {
        var fields = problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object
            ? errors.EnumerateObject().SelectMany(field => field.Value.EnumerateArray()) : [];
        return fields.Append(problem.GetProperty("detail")).Select(text => text.GetString()!).Where(text => Unhelpful().IsMatch(text));
    }

    [GeneratedRegex(@"System\.|Nullable|`|wrong type|\^|\\[dwsAz]|\[[0-9a-zA-Z]-|\$$|\(\?|Exception|JSON (value|property)|^$")]
    private static partial Regex Unhelpful();
}
