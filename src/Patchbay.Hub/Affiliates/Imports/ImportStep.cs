using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Imports;

/// <summary>Begins an import of what was put down.</summary>
internal sealed class BeginImport(Job job, LeadImport import) : BeginJob(job)
{
    public override void Need(LedgerNeeds needs) => AuditLog.Need(needs, Job.TenantId);

    protected override Reply Begin(LedgerRows rows)
    {
        rows.Insert(LeadImportTable.Instance, import);
        AuditLog.Write(
            rows, Job.TenantId, Job.Actor, "lead_import.begin", Job.Id.ToString(), new { import.Mode, import.Lines, import.Refused },
            Job.CreatedAt);
        return Reply.Accepted(LeadImportView.From(import), $"/api/v1/affiliates/leads/imports/{Job.Id}");
    }
}

/// <summary>
/// Checks or registers the rows of one pack and moves the import on, in the transaction of its job: whatever dies in between, each pack is
/// taken up once.
/// </summary>
/// <param name="pack">Null: there is none left of this phase.</param>
internal sealed class ImportStep(JobKey import, ImportPack? pack, LeadRegistration registration, DateTimeOffset now)
{
    private readonly Lead[] _leads = pack is null ? [] :
        [.. pack.Leads.Select(
            row => LeadInput.NewLead(import.Tenant, row.Id, row.AffiliateId, row.AffiliateLeadId, row.CustomerId, row.Country, now))];

    public void Need(LedgerNeeds needs)
    {
        needs.Row(LeadImportTable.Instance, import);
        AffiliateLock.Need(needs, import.Tenant, more =>
        {
            foreach (var lead in _leads)
                LeadRegistration.Need(more, lead);
        });
    }

    /// <summary>The job as it is then.</summary>
    public Job Decide(LedgerRows rows, Job job)
    {
        if (rows.Find(LeadImportTable.Instance, import) is not { } before)
            return job.Stop("The import is gone.");
        var after = pack is null ? EndPhase(before) : Take(rows, before);
        rows.Update(LeadImportTable.Instance, after);
        var next = job with { Cursor = pack?.Key.Id, Done = after.Imported + after.Unchanged, Skipped = after.Refused };
        return after.Phase switch
        {
            ImportPhase.Done => next with { Status = JobStatus.Done },
            ImportPhase.Refused => next.Stop(RefusedBecause(after)),
            _ => next,
        };
    }

    public static string RefusedBecause(LeadImport import) =>
        $"{import.Refused} rows cannot be registered, and all were wanted: nothing was imported.";

    private LeadImport Take(LedgerRows rows, LeadImport state)
    {
        for (var i = 0; i < _leads.Length; i++)
        {
            var result = registration.Decide(rows, _leads[i], write: state.Phase == ImportPhase.Importing, now);
            if (!result.IsSuccess)
            {
                var key = new ImportRefusalKey(import.Tenant, import.Id, pack!.Leads[i].Line);
                rows.Insert(
                    ImportRefusalTable.Instance,
                    new ImportRefusal(key, _leads[i].Key.AffiliateLeadId, $"{result.Error.Code}: {result.Error.Detail}"));
                state = state with { Refused = state.Refused + 1 };
            }
            else if (state.Phase == ImportPhase.Importing)
            {
                state = result.Value.IsNew ? state with { Imported = state.Imported + 1 } : state with { Unchanged = state.Unchanged + 1 };
            }
        }

        return state;
    }

    private LeadImport EndPhase(LeadImport state) => state switch
    {
        { Phase: ImportPhase.Checking, Refused: 0 } => state with { Phase = ImportPhase.Importing },
        { Phase: ImportPhase.Checking } => state with { Phase = ImportPhase.Refused, EndedAt = now },
        _ => state with { Phase = ImportPhase.Done, EndedAt = now },
    };
}
