using System.Text;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>Cleans what files write as text.</summary>
internal static class StatementTexts
{
    public const int MaxNarrative = 2_000;
    public const int MaxText = 200;

    private static readonly string[] Nothing = ["NONREF", "NOTPROVIDED", "NOTAVAILABLE"];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Without white space around it and other than one space within; null when nothing is left.</summary>
    public static string? Clean(string? text, int max = MaxText)
    {
        if (text is null)
            return null;
        var clean = new StringBuilder(Math.Min(text.Length, max));
        foreach (var character in text)
        {
            var isSpace = char.IsWhiteSpace(character) || char.IsControl(character) && character != '\0';
            if (!isSpace)
                clean.Append(character);
            else if (clean.Length > 0 && clean[^1] != ' ')
                clean.Append(' ');
            if (clean.Length == max)
                break;
        }

        if (clean.Length > 0 && char.IsHighSurrogate(clean[^1]) && clean.Length == max)
            clean.Length--;   // cut within a pair
        var result = clean.ToString().Trim(' ');
        return result.Length == 0 ? null : result;
    }

    /// <summary>As <see cref="Clean"/>; null also for the words by which banks say that there is none.</summary>
    public static string? Reference(string? text) =>
        Clean(text) is { } clean && !Nothing.Contains(clean, StringComparer.OrdinalIgnoreCase) ? clean : null;

    /// <summary>Lines of which those that are full go on in the next one without a space.</summary>
    public static string JoinWrapped(IEnumerable<string> lines, int width)
    {
        var joined = new StringBuilder();
        var wasFull = true;
        foreach (var line in lines)
        {
            if (!wasFull)
                joined.Append(' ');
            joined.Append(line);
            wasFull = line.Length >= width;
        }

        return joined.ToString();
    }

    /// <summary>UTF-8, with or without a mark; what is not is Latin-1.</summary>
    /// <param name="encoding">What it must be; null when it is not known.</param>
    /// <returns>Null when it is not what it must be.</returns>
    public static string? Decode(ReadOnlySpan<byte> file, StatementEncoding? encoding)
    {
        if (file.StartsWith(Encoding.UTF8.Preamble))
            file = file[3..];
        if (encoding == StatementEncoding.Latin1)
            return Encoding.Latin1.GetString(file);
        try
        {
            return Utf8.GetString(file);
        }
        catch (DecoderFallbackException)
        {
            return encoding is null ? Encoding.Latin1.GetString(file) : null;
        }
    }
}
