using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>Makes room on the target: what an earlier stay of the tenant has left there goes, and its name must be free.</summary>
internal static class ClearWay
{
    public static async Task RunAsync(MoveRun run, CancellationToken cancellationToken)
    {
        var (source, target, tenant) = (run.Source, run.Target, run.Tenant);
        var (there, move) = await MoveRun.FindAsync(target.Database, tenant, cancellationToken);
        if (move is null && there is not null && await MoveRun.FindAsync(source.Database, tenant, cancellationToken) is { Move: null })
        {
            throw new MoveRefusedException(
                $"{source.Name} and {target.Name} both have the tenant as active: "
                + "one of them was restored from a backup of before its move. Remove the older one by hand.");
        }

        if (move?.Phase == MovePhase.Left)
            await RemoveRows.RunAsync(run, target, cancellationToken);
        var (here, _) = await MoveRun.FindAsync(source.Database, tenant, cancellationToken);
        if (here is null)
            throw new MoveRefusedException($"{source.Name} has no tenant {tenant}.");
        var namesake = await target.Database.FindAsync(
            "SELECT * FROM tenants WHERE name = @Name", new { here.Name }, TenantTable.Instance.Read, cancellationToken);
        if (namesake is not null && namesake.Id != tenant)
        {
            throw new MoveRefusedException(
                $"{target.Name} has another tenant of the name '{here.Name}'. Names are told apart on one shard: choose another shard.");
        }
    }
}
