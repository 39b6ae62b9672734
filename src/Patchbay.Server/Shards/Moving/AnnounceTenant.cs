using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>The tenant's row comes to the target first, with the mark that it is not active yet, so that its name is taken.</summary>
internal static class AnnounceTenant
{
    public static async Task RunAsync(MoveRun run, CancellationToken cancellationToken)
    {
        run.Begin(MoveStep.Announce);
        var (source, target, tenant) = (run.Source, run.Target, run.Tenant);
        var (row, _) = await MoveRun.FindAsync(source.Database, tenant, cancellationToken);
        await new TenantFence(target.Database, tenant, run.Time).LowerAsync(run.Tables, cancellationToken);   // from an earlier stay
        await using var write = await target.Database.BeginWriteAsync(cancellationToken);
        await target.Database.ExecuteAsync(
            write,
            "INSERT INTO tenant_moves (tenant_id, phase, other, mover, changed_at) VALUES (@tenant, @arriving, @Name, @Mover, @now) "
            + "ON CONFLICT (tenant_id) DO UPDATE "
            + "SET phase = excluded.phase, other = excluded.other, mover = excluded.mover, changed_at = excluded.changed_at",
            new { tenant, arriving = MovePhase.Arriving.ToWord(), source.Name, run.Mover, now = run.Time.GetUtcNow() }, cancellationToken);
        await target.Database.ExecuteAsync(
            write,
            "INSERT INTO tenants (id, name, config_version, created_at) VALUES (@Id, @Name, @ConfigVersion, @CreatedAt) "
            + "ON CONFLICT (id) DO NOTHING",
            new { row!.Id, row.Name, row.ConfigVersion, row.CreatedAt }, cancellationToken);
        await write.CommitAsync(cancellationToken);
    }
}
