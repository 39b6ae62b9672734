using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>
/// The two moments of a move: the source gives the tenant up for good, then the target begins to serve it. Never the other way round.
/// </summary>
internal static class SwitchOver
{
    public static async Task LeaveAsync(MoveRun run, CancellationToken cancellationToken)
    {
        run.Begin(MoveStep.Leave);
        var left = await run.Source.Database.ExecuteAsync(
            "UPDATE tenant_moves SET phase = @left, changed_at = @now WHERE tenant_id = @Tenant AND phase = @leaving AND mover = @Mover",
            new
            {
                left = MovePhase.Left.ToWord(), leaving = MovePhase.Leaving.ToWord(), now = run.Time.GetUtcNow(), run.Tenant, run.Mover,
            },
            cancellationToken);
        if (left == 0)
            throw MarkedTenant.Superseded();
    }

    /// <summary>Does nothing when it was done before.</summary>
    public static async Task ActivateAsync(MoveRun run, CancellationToken cancellationToken)
    {
        run.Begin(MoveStep.Activate);
        var database = run.Target.Database;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var arrived = await database.ExecuteAsync(
            write, "DELETE FROM tenant_moves WHERE tenant_id = @Tenant AND phase = @arriving AND other = @Name",
            new { run.Tenant, arriving = MovePhase.Arriving.ToWord(), run.Source.Name }, cancellationToken);
        if (arrived > 0)
        {
            await database.ExecuteAsync(
                write, "UPDATE tenants SET config_version = config_version + 1 WHERE id = @Tenant", new { run.Tenant }, cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
    }
}
