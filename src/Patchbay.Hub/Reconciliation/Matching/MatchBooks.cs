using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Matching;

/// <summary>What an entry settles: a payment of which no provider tells that it was paid.</summary>
/// <param name="Transaction">As the bank names it: settles nothing else.</param>
internal sealed record Settled(PaymentKey Payment, Money Amount, string Transaction)
{
    /// <summary>Null when the entry settles nothing: it only records that it stands for it.</summary>
    /// <param name="isShared">Other entries of the statement have the same reference of the bank's: it names no transaction.</param>
    public static Settled? By(StatementEntry entry, Candidate candidate, bool isManual, bool isShared) =>
        Awaits(candidate, isManual) && candidate.Amount == entry.Amount && TypeId.TryParse<PaymentId>(candidate.Subject, out var payment)
            ? new Settled(
                new PaymentKey(entry.TenantId, payment), entry.Amount,
                entry.EntryId ?? (isShared ? null : entry.BankReference) ?? entry.Id.ToString())
            : null;

    /// <summary>Whether it is a payment that waits for somebody to say that its money came.</summary>
    public static bool Awaits(Candidate candidate, bool isManual) =>
        isManual && candidate is { State: CandidateState.Open, Direction: EntryDirection.Incoming };
}

/// <summary>Writes that an entry stands for something, with the audit entry, the event, and the payment that it settles.</summary>
public sealed class MatchBooks(PaymentResolutions resolutions, EventLog events)
{
    /// <summary>Who may have taken the subject, and what is settled.</summary>
    /// <param name="subject">TypeID.</param>
    internal void Need(LedgerNeeds needs, TenantId tenant, string subject, Settled? settled)
    {
        needs.Row(SubjectMatchTable.Instance, new SubjectMatchKey(tenant, subject));
        if (settled is not null)
            resolutions.Need(needs, settled.Payment, settled.Transaction);
    }

    /// <summary>The entry that stands for it; null when none does.</summary>
    internal static StatementEntryId? TakenBy(LedgerRows rows, TenantId tenant, string subject) =>
        rows.Find(SubjectMatchTable.Instance, new SubjectMatchKey(tenant, subject))?.Entry;

    /// <summary>
    /// Settles the payment, unless it was settled meanwhile; false when it cannot be: it ended, or the transaction has settled another.
    /// </summary>
    internal bool Settle(LedgerRows rows, Settled settled, string actor, DateTimeOffset now)
    {
        if (PaymentResolutions.Find(rows, settled.Payment) is not { } payment)
            return false;
        var known = Candidate.Of(payment);
        return known.State switch
        {
            CandidateState.Open =>
                resolutions.Confirm(rows, settled.Payment, settled.Amount, settled.Transaction, actor, "statement", now).IsSuccess,
            CandidateState.Moved => known.Amount == settled.Amount,
            _ => false,
        };
    }

    /// <returns>The entry as it is to be written: matched.</returns>
    internal StatementEntry Match(
        LedgerRows rows, StatementEntry entry, string subject, string reason, string actor, DateTimeOffset now)
    {
        var matched = entry with
        {
            Status = EntryStatus.Matched, Subject = subject, Reason = reason, DecidedBy = actor, DecidedAt = now, UpdatedAt = now,
        };
        rows.Insert(SubjectMatchTable.Instance, new SubjectMatch(new SubjectMatchKey(entry.TenantId, subject), entry.Id));
        AuditLog.Write(
            rows, entry.TenantId, actor, "statement_entry.match", entry.Id.ToString(),
            new { subject, amount = entry.Amount.ToAmountString(), currency = entry.Amount.Currency.Code, reason }, now);
        events.Publish(rows, entry.TenantId, ReconciliationEvents.EntryMatched, entry.Id.ToString(), EntryView.Of(matched), now);
        return matched;
    }
}
