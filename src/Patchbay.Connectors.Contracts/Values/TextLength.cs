namespace Patchbay.Connectors.Contracts;

/// <summary>Texts that have to be short.</summary>
public static class TextLength
{
    /// <summary>The beginning of a text, without half a character at its end.</summary>
    /// <param name="max">UTF-16 code units, as lengths are counted; at least one.</param>
    public static string UpTo(this string text, int max) =>
        text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
}
