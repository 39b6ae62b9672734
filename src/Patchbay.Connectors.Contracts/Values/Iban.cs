using System.Globalization;
using System.Numerics;

namespace Patchbay.Connectors.Contracts;

/// <summary>International bank account numbers, ISO 13616.</summary>
public static class Iban
{
    /// <summary>Without spaces, in capital letters; its check digits fit, its country and length are not looked at.</summary>
    public static bool IsValid(string text) =>
        text.Length is >= 15 and <= 34 && text.All(char.IsAsciiLetterOrDigit) && text[..2].All(char.IsAsciiLetterUpper)
        && BigInteger.Parse(string.Concat((text[4..] + text[..4]).Select(Digits)), CultureInfo.InvariantCulture) % 97 == 1;

    // Letters count from 10.
    private static string Digits(char character) =>
        (char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10).ToString(CultureInfo.InvariantCulture);
}
