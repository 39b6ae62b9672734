using System.Globalization;

namespace Patchbay.Platform.Api;

/// <summary>Decimal numbers written out: a sign, digits, a point. No exponent, no separators, and few enough digits to be exact.</summary>
public static class PlainDecimal
{
    private const int MaxLength = 28;

    public static bool TryParse(string? text, out decimal number)
    {
        number = 0;
        return text is { Length: > 0 and <= MaxLength }
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
