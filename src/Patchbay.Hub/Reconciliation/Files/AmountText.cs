using System.Globalization;
using System.Text.RegularExpressions;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>Amounts as banks write them into columns.</summary>
public static partial class AmountText
{
    private const int MaxLength = 40;

    /// <summary>
    /// Digits, in threes where a sign or a space separates thousands, always the same; a sign on either side, or brackets for below zero.
    /// </summary>
    /// <param name="decimalSign">A point or a comma.</param>
    public static bool TryParse(string text, char decimalSign, out decimal amount)
    {
        amount = 0;
        if (text.Length > MaxLength)
            return false;
        var match = Form().Match(decimalSign == '.' ? text : Swapped(text));
        if (!match.Success || match.Groups["open"].Success != match.Groups["close"].Success)
            return false;
        var signs = new[] { "sign", "trail" }.Select(name => match.Groups[name]).Where(group => group.Success).ToList();
        if (signs.Count > (match.Groups["open"].Success ? 0 : 1))
            return false;
        var digits = string.Concat(match.Groups["whole"].Value.Where(char.IsAsciiDigit)) + "." + match.Groups["part"].Value;
        if (digits.Length is 1 or > 26
            || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount))
            return false;
        if (match.Groups["open"].Success || signs is [{ Value: "-" or "\u2212" }])
            amount = -amount;
        return true;
    }

    private static string Swapped(string text) =>
        string.Concat(text.Select(character => character switch { '.' => ',', ',' => '.', _ => character }));

    [GeneratedRegex(
        @"\A\s*(?<open>\()?\s*(?<sign>[-+\u2212])?\s*"
            + @"(?<whole>[0-9]{1,3}(?<group>[,'\u2019 \u00A0\u202F])[0-9]{3}(\k<group>[0-9]{3})*|[0-9]*)"
            + @"(\.(?<part>[0-9]+))?\s*(?<trail>[-+\u2212])?\s*(?<close>\))?\s*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
