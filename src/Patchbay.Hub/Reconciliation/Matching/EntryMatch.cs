using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Reconciliation.Matching;

/// <summary>What an entry stands for by itself: pure, from what it says and what there is.</summary>
/// <param name="Names">The one thing whose reference it holds; null when there is none, or several.</param>
/// <param name="IsMatch">It stands for that: the amount is the same, and money was or may be moved.</param>
public readonly record struct EntryMatch(Candidate? Names, bool IsMatch)
{
    public static readonly EntryMatch None = new(null, false);

    /// <param name="candidates">All that may be named in it, others among them.</param>
    /// <param name="isTaken">Whether another entry stands for it already.</param>
    public static EntryMatch Of(
        StatementEntry entry, EntryWords words, StatementFormat format, IEnumerable<Candidate> candidates, Func<Candidate, bool> isTaken)
    {
        var named = candidates.Where(candidate => candidate.Direction == entry.Direction && candidate.IsNamedIn(words)
            && IsOfAccount(candidate, format, entry.IntegrationId)).ToList();
        var alive = named.FindAll(candidate => candidate.State != CandidateState.Ended);
        if ((alive.Count > 0 ? alive : named) is not [var one])
            return None;
        return new EntryMatch(
            one, one.State != CandidateState.Ended && one.Amount == entry.Amount && !entry.IsReversal && !isTaken(one));
    }

    /// <summary>A provider's settlement is of its own payments; to a bank's account come those of all.</summary>
    private static bool IsOfAccount(Candidate candidate, StatementFormat format, IntegrationId? integration) =>
        format != StatementFormat.Settlement || integration is null || candidate.IntegrationId == default
        || candidate.IntegrationId == integration;
}
