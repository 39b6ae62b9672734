using System.Globalization;

namespace Patchbay.Connectors.Contracts;

/// <summary>Reads numbers as programs write them: digits, a point, a sign; no exponent, no separators, no spaces.</summary>
public static class PlainDecimal
{
    private const int MaxDigits = 28;

    /// <summary>False for anything else, and for more digits than can be kept exactly.</summary>
    public static bool TryParse(string? text, out decimal number)
    {
        number = 0;
        return text is { Length: > 0 and <= MaxDigits }
            && decimal.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
