using System.Text.RegularExpressions;
using Patchbay.Hub.Reconciliation.Entries;

namespace Patchbay.Hub.Reconciliation.Matching;

/// <summary>
/// What in the texts of an entry may be a reference. Upper and lower case count as the same, since many banks write capitals only.
/// </summary>
public sealed partial class EntryWords
{
    /// <summary>A shorter one within a text may be any word; a field that holds nothing else may be shorter.</summary>
    private const int Shortest = 4;

    private const int Longest = 200;
    private const int Most = 500;
    private const int InARow = 3;
    private const string Signs = ".,;:!?()[]{}<>\"'`#*/\\+-=|&";

    private readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);

    private EntryWords()
    {
    }

    public int Count => _words.Count;

    public static EntryWords Of(StatementEntry entry) => Of(entry.PaymentReference, entry.BankReference, entry.Narrative);

    public static EntryWords Of(params string?[] texts)
    {
        var words = new EntryWords();
        foreach (var text in texts.Where(text => text is not null).Select(text => text!.Trim()))
        {
            words.Add(text, shortest: 1);
            words.AddIds(text);
        }

        foreach (var text in texts.Where(text => text is not null))
            words.AddWithin(text!);
        return words;
    }

    public bool Holds(string reference) => _words.Contains(reference.Trim());

    /// <summary>As references are written: as here, in capitals, in small letters.</summary>
    public IEnumerable<string> Spelt => _words.SelectMany(
        word => new[] { word, word.ToUpperInvariant(), word.ToLowerInvariant() }).Distinct(StringComparer.Ordinal);

    private void AddIds(string text)
    {
        foreach (Match match in HubId().Matches(text))
            Add($"{match.Groups["kind"].Value}_{match.Groups["id"].Value}".ToLowerInvariant(), Shortest);
    }

    private void AddWithin(string text)
    {
        var tokens = Mark().Replace(text, " $0").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var token in tokens)
        {
            Add(token, Shortest);
            Add(token.Trim(Signs.ToCharArray()), Shortest);
            foreach (var part in Separators().Split(token))
                Add(part.Trim(Signs.ToCharArray()), Shortest);
        }

        for (var length = 2; length <= InARow; length++)
        {
            for (var first = 0; first + length <= tokens.Length; first++)
            {
                Add(string.Join(' ', tokens[first..(first + length)]).Trim(Signs.ToCharArray()), Shortest);
            }
        }
    }

    private void Add(string word, int shortest)
    {
        if (word.Length >= shortest && word.Length <= Longest && _words.Count < Most)
            _words.Add(word);
    }

    [GeneratedRegex(
        @"(?<![a-z0-9])(?<kind>pay|ref|pyo)[_ .:/-]?(?<id>[0-7][0-9a-hjkmnp-tv-z]{25})(?![a-z0-9])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex HubId();

    /// <summary>How SEPA's parts are marked in a text that has no other separator.</summary>
    [GeneratedRegex(@"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|PURP)\+", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    [GeneratedRegex(@"[/:;,+=|()?*&]", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
