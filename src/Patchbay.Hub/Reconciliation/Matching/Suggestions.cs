using Patchbay.Hub.Reconciliation.Entries;

namespace Patchbay.Hub.Reconciliation.Matching;

/// <summary>Says what unmatched entries may stand for, as things are now.</summary>
public sealed class Suggestions(CandidateSearch search)
{
    /// <summary>Those that are not unmatched have none.</summary>
    /// <param name="entries">Of one tenant, at most a page.</param>
    public async Task<IReadOnlyList<EntryView>> ShowAsync(IReadOnlyList<StatementEntry> entries, CancellationToken cancellationToken)
    {
        var words = entries.Where(entry => entry.Status == EntryStatus.Unmatched)
            .ToDictionary(entry => entry.Id, EntryWords.Of);
        var found = new Dictionary<StatementEntryId, List<Candidate>>();
        foreach (var direction in entries.Where(entry => words.ContainsKey(entry.Id))
            .GroupBy(entry => (entry.Mode, entry.Direction)))
        {
            var named = await search.NamedAsync(
                entries[0].TenantId, direction.Key.Mode, direction.Key.Direction, [.. direction.Select(entry => words[entry.Id])],
                cancellationToken);
            foreach (var entry in direction)
            {
                found[entry.Id] =
                [
                    .. named.Where(candidate => candidate.IsNamedIn(words[entry.Id])),
                    .. await search.OfAmountAsync(entry, cancellationToken),
                ];
            }
        }

        var subjects = found.Values.SelectMany(candidates => candidates).Select(candidate => candidate.Subject).ToHashSet();
        IReadOnlyDictionary<string, StatementEntryId> taken = subjects.Count == 0
            ? new Dictionary<string, StatementEntryId>()
            : await search.TakenAsync(entries[0].TenantId, subjects, cancellationToken);
        return
        [
            .. entries.Select(entry => found.TryGetValue(entry.Id, out var candidates)
                ? EntryView.Of(entry, Suggestion.For(
                    entry, words[entry.Id], candidates,
                    candidate => taken.TryGetValue(candidate.Subject, out var by) ? by : null))
                : EntryView.Of(entry)),
        ];
    }
}
