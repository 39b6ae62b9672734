using Patchbay.Platform.Tenants;

namespace Patchbay.Server.Shards.Moving;

/// <summary>
/// Copies the tenant's rows table by table, and compares each copy. The source does not change meanwhile, but for what retention deletes:
/// then the counts differ, and the table is copied once more. Tables in which neither end has a row of the tenant are passed over.
/// </summary>
internal static class CopyTables
{
    private const int Tries = 3;

    public static async Task RunAsync(MoveRun run, CancellationToken cancellationToken)
    {
        var there = await TenantTables.HoldingAsync(run.Source.Database, run.Tables, run.Tenant, cancellationToken);
        var here = await TenantTables.HoldingAsync(run.Target.Database, run.Tables, run.Tenant, cancellationToken);   // by an earlier run
        foreach (var table in there.Union(here))
            await CopyAsync(run, table, cancellationToken);
    }

    private static async Task CopyAsync(MoveRun run, TenantTableShape table, CancellationToken cancellationToken)
    {
        var from = new TenantRows(run.Source.Database, table, run.Tenant);
        var to = new TenantRows(run.Target.Database, table, run.Tenant);
        var arriving = run.At(run.Target, MovePhase.Arriving);
        for (var attempt = 1; ; attempt++)
        {
            var digest = await CopyAsync(run, from, to, arriving, cancellationToken);
            run.Report(new MoveProgress(MoveStep.Verify, table.Name, digest.Count, digest.Count));
            if (await to.DigestAsync(cancellationToken) == digest)
                return;
            if (attempt == Tries)
            {
                throw new MoveRefusedException(
                    $"The copy of {table.Name} differs from the original, {attempt} times. "
                    + $"Look for what writes to {run.Target.Name} besides; then run this again, or give up with --to {run.Source.Name}.");
            }

            await arriving.DeleteRowsAsync(to, cancellationToken);
        }
    }

    /// <summary>A transaction a page, each only while this run has not been superseded.</summary>
    private static async Task<RowDigest> CopyAsync(
        MoveRun run, TenantRows from, TenantRows to, MarkedTenant arriving, CancellationToken cancellationToken)
    {
        var total = await from.CountAsync(cancellationToken);
        var digest = new RowDigest();
        run.Report(new MoveProgress(MoveStep.Copy, from.Name, 0, total));
        await foreach (var page in from.PagesAsync(cancellationToken))
        {
            await using (var write = await run.Target.Database.BeginWriteAsync(cancellationToken))
            {
                await arriving.ConfirmAsync(write, cancellationToken);
                await to.InsertAsync(write, page, cancellationToken);
                await write.CommitAsync(cancellationToken);
            }

            digest = digest.Add(page);
            run.Report(new MoveProgress(MoveStep.Copy, from.Name, digest.Count, total));
        }

        return digest;
    }
}
