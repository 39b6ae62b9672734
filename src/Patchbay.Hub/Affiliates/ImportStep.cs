using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates;

/// <summary>Begins an import of what was put down.</summary>
internal sealed class BeginImport(Job job, LeadImport import) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => AuditLog.Need(needs, job.TenantId);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        rows.Insert(JobTable.Instance, job);
        rows.Insert(LeadImportTable.Instance, import);
        AuditLog.Write(rows, job.TenantId, job.Actor, "lead_import.begin", job.Id.ToString(), new { import.Mode, import.Lines, import.Refused }, job.CreatedAt);
        return Reply.Accepted(LeadImportView.From(import), $"/api/v1/affiliates/leads/imports/{job.Id}");
    }
}

/// <summary>
/// Checks or registers the rows of one pack and moves the import on, in one transaction: whatever dies in between, each pack is taken up once.
/// </summary>
/// <param name="seen">As it was leased.</param>
/// <param name="pack">Null: there is none left of this phase.</param>
/// <param name="nextAt">Until then the job stays with this node.</param>
internal sealed class ImportStep(Job seen, ImportPack? pack, LeadRegistration registration, DateTimeOffset nextAt, DateTimeOffset now) : LedgerWork<Job?>
{
    private readonly Lead[] _leads = pack is null ? [] :
        [.. pack.Leads.Select(row => LeadInput.NewLead(seen.TenantId, row.Id, row.AffiliateId, row.AffiliateLeadId, row.CustomerId, row.Country, now))];

    public override void Need(LedgerNeeds needs)
    {
        needs.Row(JobTable.Instance, seen.Key);
        needs.Row(LeadImportTable.Instance, seen.Key);
        LeadRows.Need(needs, seen.TenantId, more =>
        {
            foreach (var lead in _leads)
                LeadRegistration.Need(more, lead);
        });
    }

    /// <summary>The job as it is then; null when another node has it.</summary>
    public override Job? Decide(LedgerRows rows)
    {
        if (rows.Find(JobTable.Instance, seen.Key) is not { Status: JobStatus.Running } job || job.NextAt != seen.NextAt || rows.Find(LeadImportTable.Instance, seen.Key) is not { } before)
            return null;
        var import = pack is null ? EndPhase(before) : Take(rows, before);
        rows.Update(LeadImportTable.Instance, import);
        var next = job with
        {
            Cursor = pack?.Key.Id,
            Done = import.Imported + import.Unchanged,
            Skipped = import.Refused,
            Status = import.Phase switch { ImportPhase.Done => JobStatus.Done, ImportPhase.Refused => JobStatus.Failed, _ => JobStatus.Running },
            Error = import.Phase == ImportPhase.Refused ? RefusedBecause(import) : null,
            NextAt = import.EndedAt is null ? nextAt : null,
            UpdatedAt = now,
        };
        rows.Update(JobTable.Instance, next);
        return next;
    }

    public static string RefusedBecause(LeadImport import) => $"{import.Refused} rows cannot be registered, and all were wanted: nothing was imported.";

    private LeadImport Take(LedgerRows rows, LeadImport import)
    {
        for (var i = 0; i < _leads.Length; i++)
        {
            var result = registration.Decide(rows, _leads[i], write: import.Phase == ImportPhase.Importing, now);
            if (!result.IsSuccess)
            {
                var key = new ImportRefusalKey(seen.TenantId, seen.Id, pack!.Leads[i].Line);
                rows.Insert(ImportRefusalTable.Instance, new ImportRefusal(key, _leads[i].Key.AffiliateLeadId, $"{result.Error.Code}: {result.Error.Detail}"));
                import = import with { Refused = import.Refused + 1 };
            }
            else if (import.Phase == ImportPhase.Importing)
            {
                import = result.Value.IsNew ? import with { Imported = import.Imported + 1 } : import with { Unchanged = import.Unchanged + 1 };
            }
        }

        return import;
    }

    private LeadImport EndPhase(LeadImport import) => import switch
    {
        { Phase: ImportPhase.Checking, Refused: 0 } => import with { Phase = ImportPhase.Importing },
        { Phase: ImportPhase.Checking } => import with { Phase = ImportPhase.Refused, EndedAt = now },
        _ => import with { Phase = ImportPhase.Done, EndedAt = now },
    };
}
