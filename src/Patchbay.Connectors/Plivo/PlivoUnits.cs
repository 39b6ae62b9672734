using System.Buffers;

namespace Patchbay.Connectors.Plivo;

/// <summary>How many units (SMS segments) a text takes: 160 GSM-7 characters or 70 UCS-2 ones, 153 or 67 each when there are more.</summary>
/// <remarks>Source: 3GPP TS 23.038 (alphabet) and TS 23.040 (concatenation takes 6 octets of each segment).</remarks>
internal static class PlivoUnits
{
    private static readonly SearchValues<char> Basic = SearchValues.Create(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");

    /// <summary>Written with an escape in front, so they take two places.</summary>
    private static readonly SearchValues<char> Extended = SearchValues.Create("\f^{}\\[~]|€");

    public static int Of(string text)
    {
        var septets = 0;
        foreach (var character in text)
        {
            if (Basic.Contains(character))
                septets++;
            else if (Extended.Contains(character))
                septets += 2;
            else
                return Segments(text.Length, 70, 67);
        }

        return Segments(septets, 160, 153);
    }

    private static int Segments(int length, int single, int each) => length <= single ? 1 : (length + each - 1) / each;
}
