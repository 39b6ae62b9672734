using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Matching;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Imports;

/// <summary>Makes a statement of a file, or finds the one that it is.</summary>
internal sealed class BeginStatement(Statement statement) : LedgerWork<Result<Reply, Error>>
{
    private readonly StatementFileKey _file = new(statement.TenantId, statement.Mode, statement.FileHash);
    private StatementId? _begun;

    public override void Need(LedgerNeeds needs) => needs.Row(KnownFileTable.Instance, _file, (more, known) =>
    {
        _begun = known?.StatementId;
        if (known is not null)
            more.Row(StatementTable.Instance, statement.Key with { Id = known.StatementId });
    });

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(KnownFileTable.Instance, _file) is not { } known)
        {
            rows.Insert(KnownFileTable.Instance, new KnownFile(_file, statement.Id));
            rows.Insert(StatementTable.Instance, statement);
            return Reply.Created(StatementView.Of(statement), AddressOf(statement));
        }

        if (known.StatementId != _begun)   // made in this batch, so that its row was not named
            return Same(statement with { Id = known.StatementId });
        var begun = rows.Find(StatementTable.Instance, statement.Key with { Id = known.StatementId })!;
        return begun.Status == StatementStatus.Importing && begun.Form != statement.Form
            ? ApiErrors.WrongStatus.With(
                $"The import of this file as {begun.Id} was broken off: send it with the same format, mapping and integration_id.")
            : Same(begun);
    }

    private static Reply Same(Statement begun) => new(200, StatementView.Of(begun), AddressOf(begun));

    private static string AddressOf(Statement statement) => $"/api/v1/reconciliation/statements/{statement.Id}";
}

/// <summary>Takes up some entries of a statement's file, once.</summary>
internal sealed class TakeUpEntries(
    Statement statement, IReadOnlyList<PreparedEntry> entries, MatchBooks books, DateTimeOffset now) : LedgerWork<bool>
{
    private const string Why = "exact reference and amount";

    public override void Need(LedgerNeeds needs) => needs.Row(AuditHeadTable.Instance, statement.TenantId, (more, _) =>
    {
        more.Row(StatementTable.Instance, statement.Key);
        foreach (var entry in entries)
        {
            more.Row(KnownEntryTable.Instance, new FingerprintKey(statement.TenantId, entry.Fingerprint));
            if (entry.Subject is { } subject)
                books.Need(more, statement.TenantId, subject, entry.Settled);
        }
    });

    public override bool Decide(LedgerRows rows)
    {
        if (rows.Find(StatementTable.Instance, statement.Key) is not { } current || current.Position != statement.Position)
            return false;
        var (entered, matched) = (0, 0);
        foreach (var prepared in entries)
        {
            var key = new FingerprintKey(statement.TenantId, prepared.Fingerprint);
            if (rows.Find(KnownEntryTable.Instance, key) is not null)
                continue;
            entered++;
            rows.Insert(KnownEntryTable.Instance, new KnownEntry(key, prepared.Entry.Id));
            var isMatch = prepared.Subject is { } subject && MatchBooks.TakenBy(rows, statement.TenantId, subject) is null
                && (prepared.Settled is not { } settled || books.Settle(rows, settled, statement.ImportedBy, now));
            if (isMatch)
                matched++;
            rows.Insert(
                StatementEntryTable.Instance,
                isMatch ? books.Match(rows, prepared.Entry, prepared.Subject!, Why, statement.ImportedBy, now) : prepared.Entry);
        }

        rows.Update(StatementTable.Instance, current with
        {
            Position = current.Position + entries.Count, Entries = current.Entries + entered,
            Known = current.Known + entries.Count - entered, Matched = current.Matched + matched, UpdatedAt = now,
        });
        return true;
    }
}

/// <summary>Ends an import, once.</summary>
internal sealed class EndStatement(StatementKey key, EventLog events, DateTimeOffset now) : LedgerWork<Statement?>
{
    public override void Need(LedgerNeeds needs) => needs.Row(
        AuditHeadTable.Instance, key.Tenant, (more, _) => more.Row(StatementTable.Instance, key));

    public override Statement? Decide(LedgerRows rows)
    {
        if (rows.Find(StatementTable.Instance, key) is not { } statement || statement.Status == StatementStatus.Imported
            || statement.Position < statement.Lines)
            return rows.Find(StatementTable.Instance, key);
        var imported = statement with { Status = StatementStatus.Imported, UpdatedAt = now };
        var view = StatementView.Of(imported);
        rows.Update(StatementTable.Instance, imported);
        AuditLog.Write(
            rows, key.Tenant, statement.ImportedBy, "statement.import", key.Id.ToString(),
            new { view.Format, view.FileHash, view.Entries, view.Known, view.Matched }, now);
        events.Publish(rows, key.Tenant, ReconciliationEvents.StatementImported, key.Id.ToString(), view, now);
        return imported;
    }
}
