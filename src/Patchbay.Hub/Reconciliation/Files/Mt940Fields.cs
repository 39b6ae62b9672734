using System.Text.RegularExpressions;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>A field of a SWIFT message.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Tag">Such as <c>61</c> or <c>60F</c>.</param>
/// <param name="Lines">At least one.</param>
internal sealed record Mt940Field(int Line, string Tag, IReadOnlyList<string> Lines)
{
    public string First => Lines[0];
}

/// <summary>Takes a file of MT940 messages apart, with or without SWIFT's blocks around them.</summary>
internal static partial class Mt940Fields
{
    /// <param name="reading">Told of what is no field.</param>
    public static IEnumerable<Mt940Field> Of(string text, StatementReading reading)
    {
        var number = 0;
        (int Line, string Tag, List<string> Lines)? open = null;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = WithoutBlocks(raw.TrimEnd('\r', ' '));
            if (line is null)
                continue;
            if (Tagged().Match(line) is { Success: true } tagged)
            {
                if (open is var (begun, tag, lines))
                    yield return new Mt940Field(begun, tag, lines);
                open = (number, tagged.Groups["tag"].Value, [line[tagged.Length..]]);
            }
            else if (open is null)
            {
                reading.Refuse(number, "is no field of an MT940, such as :20:");
                yield break;
            }
            else
            {
                open.Value.Lines.Add(line);
            }
        }

        if (open is var (last, lastTag, rest))
            yield return new Mt940Field(last, lastTag, rest);
    }

    /// <summary>Null for a line that holds nothing of the message.</summary>
    private static string? WithoutBlocks(string line)
    {
        if (line.StartsWith('{'))
        {
            var message = line.IndexOf("{4:", StringComparison.Ordinal);
            line = message < 0 ? "" : line[(message + 3)..];
        }

        return line is "" or "-" || line.StartsWith("-}", StringComparison.Ordinal) ? null : line;
    }

    [GeneratedRegex(@"\A:(?<tag>[0-9]{2}[A-Z]?):", RegexOptions.CultureInvariant)]
    private static partial Regex Tagged();
}
