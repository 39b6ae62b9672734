using System.Globalization;
using System.Text.RegularExpressions;

namespace Patchbay.Platform.Api;

/// <summary>
/// A moment as callers write it, RFC 3339: date, time and zone. Without a zone it would mean another moment on every machine, and a date
/// alone is a day, not a moment: both are refused.
/// </summary>
public static partial class Moment
{
    public const string Rule = "must be an RFC 3339 time with a zone, such as 2026-03-01T12:00:00Z";

    public static bool TryParse(string? text, out DateTimeOffset moment)
    {
        moment = default;
        if (text is null || !Form().IsMatch(text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
            return false;
        moment = parsed.ToUniversalTime();
        return true;
    }

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
