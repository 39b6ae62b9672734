using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Platform.Access;
using Patchbay.Platform.Jobs;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Imports;

/// <summary>Imports files of leads, a pack a step; all that a step does is done with its commit.</summary>
public sealed class LeadImportJobs(Database database, LeadRegistration registration, TimeProvider time) : IJobKind
{
    public string Name => "import_leads";

    internal Operation Begin(Caller caller, ReceivedFile file, ImportMode mode)
    {
        var now = time.GetUtcNow();
        var phase = mode == ImportMode.Valid ? ImportPhase.Importing : file.Refused > 0 ? ImportPhase.Refused : ImportPhase.Checking;
        var import = new LeadImport(
            new JobKey(caller.Tenant, file.Import), mode, file.Rows, now, phase, 0, 0, file.Refused,
            phase == ImportPhase.Refused ? now : null);
        var job = JobChanges.New(file.Import, Name, caller, new { }, now) with { Skipped = file.Refused };
        return new Operation(
            new BeginImport(
                phase == ImportPhase.Refused ? job.Stop(ImportStep.RefusedBecause(import)) with { NextAt = null } : job, import));
    }

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancellationToken)
    {
        var packs = await database.QueryAsync(
            "SELECT * FROM affiliate_import_packs WHERE tenant_id = @TenantId AND import_id = @Id AND id > @after ORDER BY id LIMIT 1",
            new { job.TenantId, job.Id, after = job.Cursor ?? Guid.Empty }, ImportPackTable.Instance.Read, cancellationToken);
        var step = new ImportStep(job.Key, packs is [var pack] ? pack : null, registration, time.GetUtcNow());
        return new JobStep(step.Decide) { Need = step.Need, Pause = null };
    }
}
