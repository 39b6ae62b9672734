using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Matching;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Decisions;

/// <summary>A person decides about an entry, its row locked.</summary>
internal abstract class EntryWork(StatementEntryKey key, string actor, string reason, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    protected string Actor => actor;

    protected string Reason => reason;

    protected DateTimeOffset Now => now;

    public sealed override void Need(LedgerNeeds needs) => needs.Row(AuditHeadTable.Instance, key.Tenant, (more, _) =>
    {
        more.Row(StatementEntryTable.Instance, key);
        NeedBeside(more);
    });

    public sealed override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(StatementEntryTable.Instance, key) is not { } entry)
            return Error.NotFound("entry");
        return Change(rows, entry).Map(changed =>
        {
            rows.Update(StatementEntryTable.Instance, changed);
            return Reply.Ok(EntryView.Of(changed));
        });
    }

    protected virtual void NeedBeside(LedgerNeeds needs)
    {
    }

    protected abstract Result<StatementEntry, Error> Change(LedgerRows rows, StatementEntry entry);

    /// <summary>As decided by a person, which is kept in the audit.</summary>
    protected StatementEntry Decided(LedgerRows rows, StatementEntry entry, EntryStatus status, string what)
    {
        AuditLog.Write(
            rows, entry.TenantId, actor, "statement_entry." + what, entry.Id.ToString(),
            new { subject = entry.Subject, amount = entry.Amount.ToAmountString(), currency = entry.Amount.Currency.Code, reason }, now);
        return entry with
        {
            Status = status, Subject = null, Reason = reason, DecidedBy = actor, DecidedAt = now, UpdatedAt = now,
        };
    }
}

/// <summary>The entry stands for something.</summary>
/// <param name="subject">TypeID.</param>
/// <param name="settled">The payment that it settles; null when it settles none.</param>
internal sealed class MatchEntry(
    StatementEntryKey key, string subject, Settled? settled, MatchBooks books, string actor, string reason, DateTimeOffset now)
    : EntryWork(key, actor, reason, now)
{
    private readonly TenantId _tenant = key.Tenant;

    protected override void NeedBeside(LedgerNeeds needs) => books.Need(needs, _tenant, subject, settled);

    protected override Result<StatementEntry, Error> Change(LedgerRows rows, StatementEntry entry)
    {
        if (entry.Status != EntryStatus.Unmatched)
            return ApiErrors.WrongStatus.With($"The entry is {entry.Status.ToWord()}: POST .../unmatch first.");
        if (MatchBooks.TakenBy(rows, _tenant, subject) is { } other)
            return ReconciliationErrors.AlreadyMatched.With($"{other} stands for {subject} already: one entry confirms one thing.");
        if (settled is not null && !books.Settle(rows, settled, Actor, Now))
        {
            return ApiErrors.WrongStatus.With(
                "The payment was settled otherwise at the same time, or this transaction has settled another: look at it again.");
        }

        return books.Match(rows, entry, subject, Reason, Actor, Now);
    }
}

/// <summary>The entry stands for nothing any more, or is not ignored any more. A payment that it settled stays as it is.</summary>
internal sealed class UnmatchEntry(
    StatementEntryKey key, string? subject, string actor, string reason, DateTimeOffset now)
    : EntryWork(key, actor, reason, now)
{
    private readonly TenantId _tenant = key.Tenant;

    protected override void NeedBeside(LedgerNeeds needs)
    {
        if (subject is not null)
            needs.Row(SubjectMatchTable.Instance, new SubjectMatchKey(_tenant, subject));
    }

    protected override Result<StatementEntry, Error> Change(LedgerRows rows, StatementEntry entry)
    {
        if (entry.Status == EntryStatus.Unmatched)
            return ApiErrors.WrongStatus.With("The entry is unmatched already.");
        if (entry.Subject != subject)
            return ApiErrors.WrongStatus.With("Somebody matched the entry at the same time: look at it again.");
        if (subject is not null)
            rows.Delete(SubjectMatchTable.Instance, new SubjectMatchKey(_tenant, subject));
        var names = entry.Status == EntryStatus.Matched ? null : entry.Names;
        return Decided(rows, entry, EntryStatus.Unmatched, "unmatch") with { Names = names };
    }
}

/// <summary>The entry stands for nothing in the hub.</summary>
internal sealed class IgnoreEntry(StatementEntryKey key, string actor, string reason, DateTimeOffset now)
    : EntryWork(key, actor, reason, now)
{
    protected override Result<StatementEntry, Error> Change(LedgerRows rows, StatementEntry entry) =>
        entry.Status == EntryStatus.Unmatched
            ? Decided(rows, entry, EntryStatus.Ignored, "ignore")
            : ApiErrors.WrongStatus.With($"Only an unmatched entry is ignored; it is {entry.Status.ToWord()}.");
}
