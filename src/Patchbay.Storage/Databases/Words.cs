using System.Text.Json;

namespace Patchbay.Storage;

/// <summary>Enums as the API and the database spell them: <c>RequiresAction</c> is <c>requires_action</c>.</summary>
public static class Words
{
    public static string ToWord<TEnum>(this TEnum value)
        where TEnum : struct, Enum => Of<TEnum>.Texts[value];

    /// <summary>Throws on a word that is none.</summary>
    public static TEnum Parse<TEnum>(string word)
        where TEnum : struct, Enum =>
        TryParse<TEnum>(word, out var value) ? value : throw new FormatException($"'{word}' is not a {typeof(TEnum).Name}.");

    /// <summary>False for null and for a word that is none; upper case is none.</summary>
    public static bool TryParse<TEnum>(string? word, out TEnum value)
        where TEnum : struct, Enum => Of<TEnum>.Values.TryGetValue(word ?? "", out value);

    /// <summary>All words in the order of declaration.</summary>
    public static IReadOnlyList<string> All<TEnum>()
        where TEnum : struct, Enum => Of<TEnum>.Texts.Values.ToArray();

    private static class Of<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> Texts =
            Enum.GetValues<TEnum>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly Dictionary<string, TEnum> Values =
            Texts.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
