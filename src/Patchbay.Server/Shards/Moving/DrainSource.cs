namespace Patchbay.Server.Shards.Moving;

/// <summary>Waits until no node holds anything of the tenant, then fences the source: from there on nothing of it changes.</summary>
internal static class DrainSource
{
    /// <summary>So long nodes may take to see that the tenant is on its way, and go on reading its rows.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="patience">How long the nodes may take to hand back what they hold.</param>
    public static async Task RunAsync(MoveRun run, TimeSpan patience, CancellationToken cancellationToken)
    {
        run.Begin(MoveStep.Drain);
        var fence = new TenantFence(run.Source.Database, run.Tenant, run.Time);
        var leased = run.Tables.Where(table => table.CanBeLeased)
            .Select(table => new TenantRows(run.Source.Database, table, run.Tenant)).ToList();
        await Task.Delay(Notice, run.Time, cancellationToken);
        var started = run.Time.GetTimestamp();
        while (true)
        {
            if (!await AnyLeasedAsync(leased, cancellationToken))
            {
                await fence.RaiseAsync(run.Tables, cancellationToken);
                if (!await AnyLeasedAsync(leased, cancellationToken))
                    return;
                await fence.LowerAsync(run.Tables, cancellationToken);   // taken just before: its node must be able to hand it back
            }

            if (run.Time.GetElapsedTime(started) > patience)
            {
                throw new MoveRefusedException(
                    $"Nodes of {run.Source.Name} still hold deliveries of the tenant. "
                    + "What a dead node held is handed back by a hub that runs: start one, and run this again; or give up with "
                    + $"--to {run.Source.Name}.");
            }

            await Task.Delay(Pause, run.Time, cancellationToken);
        }
    }

    private static async Task<bool> AnyLeasedAsync(IEnumerable<TenantRows> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            if (await table.AnyLeasedAsync(cancellationToken))
                return true;
        }

        return false;
    }
}
