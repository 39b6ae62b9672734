using System.Globalization;
using System.Text.RegularExpressions;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>A statement line, field 61.</summary>
/// <param name="Signed">Below zero for what goes out.</param>
/// <param name="IsReversal">Marked RC or RD: an earlier entry is taken back.</param>
/// <param name="Reference">What the account's owner, or the payer, gave along.</param>
internal sealed partial record Mt940Line(
    DateOnly ValueOn, DateOnly BookedOn, decimal Signed, bool IsReversal, string? Reference, string? BankReference)
{
    /// <summary>Null when it cannot be read.</summary>
    public static Mt940Line? TryParse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || DayOf(match.Groups["value"].Value) is not { } value)
            return null;
        var booked = match.Groups["booked"] is { Success: true, Value: var day } ? NearestTo(value, day) : value;
        var digits = match.Groups["amount"].Value.Replace(',', '.');
        if (booked is null
            || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            return null;
        var mark = match.Groups["mark"].Value;
        return new Mt940Line(
            value, booked.Value, mark is "C" or "RD" ? amount : -amount, mark.Length == 2,
            StatementTexts.Reference(match.Groups["reference"].Value), StatementTexts.Reference(match.Groups["bank"].Value));
    }

    /// <summary>A day of six digits: from 2000 to 2079, or before 2000.</summary>
    internal static DateOnly? DayOf(string digits)
    {
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || digits.Length != 6)
            return null;
        var year = number / 10_000;
        return Day(year < 80 ? 2000 + year : 1900 + year, number / 100 % 100, number % 100);
    }

    /// <summary>The booking date has no year: it is the one that is nearest to the value date.</summary>
    private static DateOnly? NearestTo(DateOnly value, string digits)
    {
        var number = int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return new[] { value.Year, value.Year - 1, value.Year + 1 }
            .Select(year => Day(year, number / 100, number % 100)).Where(day => day is not null)
            .OrderBy(day => Math.Abs(day!.Value.DayNumber - value.DayNumber)).FirstOrDefault();
    }

    private static DateOnly? Day(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day) : null;

    [GeneratedRegex(
        @"\A(?<value>[0-9]{6})(?<booked>[0-9]{4})?(?<mark>R?[CD])[A-Z]?(?<amount>[0-9]{1,15},[0-9]{0,5})[A-Z][A-Z0-9]{3}"
            + @"(?<reference>.*?)(//(?<bank>.*))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
