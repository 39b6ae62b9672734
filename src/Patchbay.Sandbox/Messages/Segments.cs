using System.Buffers;

namespace Patchbay.Sandbox.Messages;

/// <summary>How many SMS segments a text takes: 160 GSM-7 characters, 153 each when it takes several; 70 and 67 in UCS-2.</summary>
internal static class Segments
{
    private static readonly SearchValues<char> Basic = SearchValues.Create(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€\f");

    private static readonly SearchValues<char> Escaped = SearchValues.Create("^{}\\[~]|€\f");

    public static int Of(string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Basic))
            return text.Length <= 70 ? 1 : (text.Length + 66) / 67;
        var length = text.Length;
        foreach (var letter in text)
            length += Escaped.Contains(letter) ? 1 : 0;
        return length <= 160 ? 1 : (length + 152) / 153;
    }
}
