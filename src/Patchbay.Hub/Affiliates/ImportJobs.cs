using Patchbay.Platform.Access;
using Patchbay.Platform.Jobs;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates;

/// <summary>Imports files of leads, a pack at a time; any node takes up where another left off.</summary>
public sealed class ImportJobs(Database database, Ledger ledger, LeadRegistration registration, TimeProvider time)
{
    public const string Kind = "import_leads";

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    internal Operation Begin(Caller caller, ReceivedFile file, ImportMode mode)
    {
        var now = time.GetUtcNow();
        var import = new LeadImport(
            new JobKey(caller.Tenant, file.Import), mode, file.Rows, now,
            mode == ImportMode.All ? ImportPhase.Checking : ImportPhase.Importing, 0, 0, file.Refused, null);
        if (mode == ImportMode.All && file.Refused > 0)
            import = import with { Phase = ImportPhase.Refused, EndedAt = now };
        var ended = import.EndedAt is not null;
        return new Operation(new BeginImport(
            new Job(
                caller.Tenant, file.Import, Kind, caller.Actor, "{}", now, ended ? JobStatus.Failed : JobStatus.Running, null, 0,
                file.Refused, ended ? ImportStep.RefusedBecause(import) : null, now, ended ? null : now),
            import));
    }

    /// <summary>Takes the jobs that are due to their end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var due = await database.QueryAsync(
            $"SELECT * FROM jobs WHERE next_at <= @now AND kind = @Kind AND {TenantMoveTable.NotMoving} ORDER BY next_at LIMIT 20",   // engine scope: all tenants
            new { now = time.GetUtcNow(), Kind }, JobTable.Instance.Read, cancellationToken);
        foreach (var job in due)
        {
            var next = job;
            while (next is { Status: JobStatus.Running })
                next = await StepAsync(next, cancellationToken);
        }
    }

    /// <summary>Null when another node has it.</summary>
    public async Task<Job?> StepAsync(Job job, CancellationToken cancellationToken)
    {
        var packs = await database.QueryAsync(
            "SELECT * FROM affiliate_import_packs WHERE tenant_id = @TenantId AND import_id = @Id AND id > @after ORDER BY id LIMIT 1",
            new { job.TenantId, job.Id, after = job.Cursor ?? Guid.Empty }, ImportPackTable.Instance.Read, cancellationToken);
        var now = time.GetUtcNow();
        // Whole milliseconds, as they come back from the database: the lease is told by its time.
        var until = DateTimeOffset.FromUnixTimeMilliseconds((now + Lease).ToUnixTimeMilliseconds());
        return await ledger.CommitAsync(new ImportStep(job, packs is [var pack] ? pack : null, registration, until, now), cancellationToken);
    }
}
