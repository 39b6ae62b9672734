using System.Buffers;

namespace Patchbay.Connectors.Contracts;

/// <summary>How a text is cut into SMS segments.</summary>
/// <param name="Encoding"><c>gsm7</c> or <c>ucs2</c>.</param>
/// <param name="Units">Septets of GSM-7, or 16-bit units of UCS-2.</param>
/// <param name="Segments">What is billed; at least 1.</param>
public sealed record SmsText(string Encoding, int Units, int Segments)
{
    // GSM 03.38 basic table and its extension; a character of the latter takes two septets.
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "\f^{}\\[~]|€";

    private static readonly SearchValues<char> BasicSet = SearchValues.Create(Basic);
    private static readonly SearchValues<char> ExtensionSet = SearchValues.Create(Extension);
    private static readonly SearchValues<char> GsmSet = SearchValues.Create(Basic + Extension);

    /// <summary>160 septets or 70 units fit one segment; of several, each holds 153 or 67, and no character is split.</summary>
    public static SmsText Of(string text)
    {
        var gsm = !text.AsSpan().ContainsAnyExcept(GsmSet);
        var units = 0;
        foreach (var character in text)
            units += gsm && ExtensionSet.Contains(character) ? 2 : 1;
        return gsm
            ? new SmsText("gsm7", units, units <= 160 ? 1 : Cut(text, 153, character => BasicSet.Contains(character) ? 1 : 2))
            : new SmsText("ucs2", units, units <= 70 ? 1 : Cut(text, 67, _ => 1));
    }

    private static int Cut(string text, int perSegment, Func<char, int> width)
    {
        var segments = 1;
        var used = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length;
            var units = pair ? 2 : width(text[i]);
            if (used + units > perSegment)
            {
                segments++;
                used = 0;
            }

            used += units;
            if (pair)
                i++;
        }

        return segments;
    }
}
