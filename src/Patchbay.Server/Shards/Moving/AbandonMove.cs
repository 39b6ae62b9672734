using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>
/// Gives up a move before the source has given the tenant up: the target's copy is removed, and the source serves it again.
/// </summary>
internal static class AbandonMove
{
    public static async Task RunAsync(MoveRun run, CancellationToken cancellationToken)
    {
        if (await run.MarkLeavingAsync(cancellationToken) is { Phase: MovePhase.Left })
        {
            throw new MoveRefusedException(
                $"The tenant lives on {run.Target.Name} by now: finish the move with --to {run.Target.Name}, then move it back.");
        }

        await RemoveCopyAsync(run, cancellationToken);
        await new TenantFence(run.Source.Database, run.Tenant, run.Time).LowerAsync(run.Tables, cancellationToken);
        await UnmarkAsync(run, cancellationToken);
    }

    private static async Task RemoveCopyAsync(MoveRun run, CancellationToken cancellationToken)
    {
        var marker = await run.Target.Database.ExecuteAsync(
            "UPDATE tenant_moves SET mover = @Mover WHERE tenant_id = @Tenant AND phase = @arriving",
            new { run.Mover, run.Tenant, arriving = MovePhase.Arriving.ToWord() }, cancellationToken);
        if (marker == 0)
            return;
        var arriving = run.At(run.Target, MovePhase.Arriving);
        await arriving.DeleteRowsAsync(run.Tables, cancellationToken);
        await arriving.ForgetAsync(markedAs: null, cancellationToken);
    }

    private static async Task UnmarkAsync(MoveRun run, CancellationToken cancellationToken)
    {
        var database = run.Source.Database;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await database.ExecuteAsync(
            write, "DELETE FROM tenant_moves WHERE tenant_id = @Tenant AND mover = @Mover", new { run.Tenant, run.Mover },
            cancellationToken);
        await database.ExecuteAsync(
            write, "UPDATE tenants SET config_version = config_version + 1 WHERE id = @Tenant", new { run.Tenant }, cancellationToken);
        await write.CommitAsync(cancellationToken);
    }
}
