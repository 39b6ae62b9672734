using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Patchbay.Connectors.Contracts;

/// <summary>
/// Finds the numbers of payment cards however they are written: as one, in groups between spaces, dashes, pluses and dots, and with those
/// escaped as in forms and in JSON. What has the length and beginning of no scheme, or the wrong check digit, is none.
/// </summary>
internal static partial class CardNumbers
{
    private const int Shortest = 12;
    private const int Longest = 19;
    private const int LongestPhone = 15;

    private static readonly string[] Pluses = ["+", "%2B", @"\u002B"];

    public static string Blank(string text) => !MayHold(text) ? text : Tokens().Replace(
        text, token => token.Groups["part"] is { Success: true } parts
            ? BlankRun(token, parts.Captures, IsPhone(text, token, parts.Captures.Count)) : token.Value);

    /// <summary>Most texts have nowhere as many digits with nothing but separators and escapes between: they cost one look.</summary>
    private static bool MayHold(ReadOnlySpan<char> text)
    {
        var digits = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case var digit when char.IsDigit(digit):
                    if (++digits == Shortest)
                        return true;
                    break;
                case var letter when char.IsAsciiLetter(letter):   // a word: its digits are no number's
                    digits = 0;
                    while (i + 1 < text.Length && char.IsAsciiLetterOrDigit(text[i + 1]))
                        i++;
                    break;
                case '%':
                    i += 2;
                    break;
                case '\\':
                    i += i + 1 < text.Length && text[i + 1] is 'u' or 'U' ? 5 : 1;
                    break;
                case '&' when text[i..].StartsWith("&nbsp;", StringComparison.OrdinalIgnoreCase):
                    i += "&nbsp;".Length - 1;
                    break;
                case not (' ' or '\t' or '+' or '-' or '.' or > '\x7F'):
                    digits = 0;
                    break;
            }
        }

        return false;
    }

    /// <summary>A number may stand between others, but begins and ends where a part of them does.</summary>
    private static string BlankRun(Match run, CaptureCollection parts, bool isPhone)
    {
        if (isPhone || run.Length < Shortest)
            return run.Value;
        var text = new StringBuilder();
        var copied = run.Index;
        for (var first = 0; first < parts.Count; first++)
        {
            if (LastOf(parts, first) is not { } last)
                continue;
            text.Append(run.Value, copied - run.Index, parts[first].Index - copied).Append("***");
            copied = parts[last].Index + parts[last].Length;
            first = last;
        }

        return text.Append(run.Value, copied - run.Index, run.Index + run.Length - copied).ToString();
    }

    /// <summary>The last part of the longest number that begins with this one; null: none does.</summary>
    private static int? LastOf(CaptureCollection parts, int first)
    {
        Span<byte> digits = stackalloc byte[Longest];
        var length = 0;
        int? found = null;
        for (var part = first; part < parts.Count && length + parts[part].Length <= Longest; part++)
        {
            foreach (var digit in parts[part].ValueSpan)
                digits[length++] = (byte)CharUnicodeInfo.GetDecimalDigitValue(digit);
            if (length >= Shortest && IsOfAScheme(digits[..length]) && HasCheckDigit(digits[..length]))
                found = part;
        }

        return found;
    }

    /// <summary>By the ranges that are given out, 2026.</summary>
    private static bool IsOfAScheme(ReadOnlySpan<byte> digits)
    {
        var prefix = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
        return prefix switch
        {
            < 2000 => prefix >= 1000 && digits.Length == 15,            // UATP
            2014 or 2149 => digits.Length == 15,                        // enRoute
            >= 2200 and <= 2720 => digits.Length >= 16,                 // Mir, Mastercard
            >= 3000 and < 3100 or >= 3400 and < 4000 => digits.Length >= 14,   // Diners, American Express, JCB
            >= 4000 and < 5000 => digits.Length >= 13,                  // Visa
            >= 5000 and < 7000 => true,                                 // Mastercard, Maestro, Discover, UnionPay, RuPay, Verve
            >= 8100 and < 8300 or 9792 => digits.Length >= 16,          // UnionPay, RuPay, Troy
            _ => false,
        };
    }

    /// <summary>Luhn's.</summary>
    private static bool HasCheckDigit(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] * (i % 2 + 1);
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 == 0;
    }

    private static bool IsPhone(string text, Match run, int parts) => parts == 1 && run.Length <= LongestPhone
        && Array.Exists(Pluses, plus => text.AsSpan(0, run.Index).EndsWith(plus, StringComparison.OrdinalIgnoreCase));

    /// <summary>Escapes and words first, so that their digits are not taken for a number's.</summary>
    [GeneratedRegex(
        """
        %[0-9a-f]{2} | \\u[0-9a-f]{4} | \\. | \d*[a-z][0-9a-z]* |
        (?<part>\d+) (?: (?: %20 | %2[bde] | %c2%a0 | \\u00a0 | \\u002[bd] | \\t | &nbsp;
            | [\x20\t+.\u00A0\u2007\u2009\u202F\u2010-\u2015\u2212-] ){1,3}
        (?<part>\d+) (?![0-9a-z]) )*
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();
}
