using System.Text;
using System.Text.RegularExpressions;

namespace Patchbay.Hub.Reconciliation.Files;

/// <summary>What a bank writes about an entry, field 86.</summary>
/// <remarks>
/// SWIFT leaves its form to the banks. Two are read: free text in lines of 65 characters, and parts named by two digits after a sign, as
/// German banks agreed on (texts in 20 to 29 and 60 to 63, names in 32 and 33).
/// </remarks>
internal sealed partial record Mt940Details(string? Narrative, string? Counterparty, string? Reference)
{
    private const int FullLine = 65;

    public static Mt940Details Of(IReadOnlyList<string> lines)
    {
        var whole = string.Concat(lines);
        if (!Structured().IsMatch(whole))
        {
            var text = StatementTexts.JoinWrapped(lines, FullLine);
            return new Mt940Details(StatementTexts.Clean(text, StatementTexts.MaxNarrative), null, ReferenceIn(text));
        }

        var (said, named, posting) = (new StringBuilder(), new StringBuilder(), "");
        foreach (Match part in Parts(whole[3]).Matches(whole))
        {
            var (number, text) = (part.Groups["part"].Value, part.Groups["text"].Value);
            if (number is ['2', _] or "60" or "61" or "62" or "63")
                said.Append(Code().IsMatch(text) && said.Length > 0 ? " " + text : text);
            else if (number is "32" or "33")
                named.Append(text);
            else if (number == "00")
                posting = text;
        }

        var narrative = said.Length > 0 ? said.ToString() : posting;
        return new Mt940Details(
            StatementTexts.Clean(narrative, StatementTexts.MaxNarrative), StatementTexts.Clean(named.ToString()), ReferenceIn(narrative));
    }

    /// <summary>The end-to-end reference, where the text marks it.</summary>
    private static string? ReferenceIn(string text) =>
        EndToEnd().Match(text) is { Success: true } found ? StatementTexts.Reference(found.Groups["reference"].Value) : null;

    private static Regex Parts(char sign) =>
        new($@"{Regex.Escape($"{sign}")}(?<part>[0-9]{{2}})(?<text>((?!{Regex.Escape($"{sign}")}[0-9]{{2}}).)*)",
            RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    [GeneratedRegex(@"\A[0-9]{3}(?<sign>[^0-9A-Za-z\s])[0-9]{2}.*\k<sign>[0-9]{2}|\A[0-9]{3}\?[0-9]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Structured();

    [GeneratedRegex(@"\A[A-Z]{4}[+:]", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"(EREF[+:] ?|/EREF/)(?<reference>[^\s/]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex EndToEnd();
}
