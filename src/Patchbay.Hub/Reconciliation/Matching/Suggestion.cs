using System.Globalization;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Reconciliation.Entries;

namespace Patchbay.Hub.Reconciliation.Matching;

/// <summary>What an unmatched entry may stand for, and why.</summary>
/// <param name="Score">0 to 100.</param>
public sealed record Suggestion(Candidate Of, int Score, IReadOnlyList<string> Reasons)
{
    public const int Most = 5;

    private const int Reference = 50;
    private const int SameAmount = 35;
    private const int Name = 20;
    private const int Near = 10;
    private const int Within = 5;
    private const int Taken = -30;
    private const int Ended = -10;
    private const int ShortestName = 4;

    /// <summary>The best ones first; only of what the reference or the amount speaks for.</summary>
    /// <param name="takenBy">The entry that stands for it already; null when none does.</param>
    public static IReadOnlyList<Suggestion> For(
        StatementEntry entry, EntryWords words, IEnumerable<Candidate> candidates, Func<Candidate, StatementEntryId?> takenBy) =>
    [
        .. candidates.DistinctBy(candidate => candidate.Subject)
            .Where(candidate => candidate.Direction == entry.Direction)
            .Select(candidate => Weigh(entry, words, candidate, takenBy(candidate)))
            .Where(suggestion => suggestion is not null).Select(suggestion => suggestion!)
            .OrderByDescending(suggestion => suggestion.Score).ThenByDescending(suggestion => suggestion.Of.At)
            .ThenBy(suggestion => suggestion.Of.Subject, StringComparer.Ordinal).Take(Most),
    ];

    private static Suggestion? Weigh(StatementEntry entry, EntryWords words, Candidate candidate, StatementEntryId? takenBy)
    {
        var (named, same) = (candidate.IsNamedIn(words), candidate.Amount == entry.Amount);
        if (!named && !same)
            return null;
        var (score, reasons) = (0, new List<string>());
        if (named)
            Count(Reference, same ? "reference" : "reference but " + Difference(entry.Amount, candidate.Amount));
        if (same)
            Count(SameAmount, "same amount");
        if (IsNameIn(candidate.CustomerName, entry))
            Count(Name, "name of the customer");
        var days = (entry.BookedAt.UtcDateTime.Date - candidate.At.UtcDateTime.Date).Days;
        Count(Math.Abs(days) switch { <= 3 => Near, <= 14 => Within, _ => 0 }, Apart(days));
        if (takenBy is { } other)
            Count(Taken, $"{other} stands for it already");
        if (candidate.State == CandidateState.Ended)
            Count(Ended, $"it is {candidate.Status}");
        if (entry.IsReversal)
            Count(Ended, "the entry takes an earlier one back");
        return new Suggestion(candidate, Math.Clamp(score, 0, 100), reasons);

        void Count(int weight, string reason)
        {
            score += weight;
            reasons.Add(reason);
        }
    }

    private static string Difference(Money entry, Money candidate) =>
        entry.Currency != candidate.Currency ? $"currency is {candidate.Currency.Code}"
        : $"amount differs by {entry with { MinorUnits = Math.Abs(entry.MinorUnits - candidate.MinorUnits) }}";

    private static string Apart(int days) => days == 0 ? "same day"
        : string.Create(
            CultureInfo.InvariantCulture, $"{Math.Abs(days)} day{(Math.Abs(days) == 1 ? "" : "s")} {(days > 0 ? "after" : "before")}");

    /// <summary>As a whole, or each of its words, in whichever order: banks turn names around.</summary>
    private static bool IsNameIn(string? name, StatementEntry entry)
    {
        if (name is null || name.Length < ShortestName)
            return false;
        var text = $"{entry.Counterparty} {entry.Narrative}";
        var parts = text.Split([' ', ',', '.', '/', '-'], StringSplitOptions.RemoveEmptyEntries);
        return name.Split([' ', ',', '.', '-'], StringSplitOptions.RemoveEmptyEntries)
            .All(word => parts.Contains(word, StringComparer.OrdinalIgnoreCase));
    }
}
