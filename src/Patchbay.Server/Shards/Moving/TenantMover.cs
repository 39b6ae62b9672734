using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>
/// Moves a tenant from one shard to another, in steps that have a file each. Both ends know how far it has come (<see cref="TenantMove"/>),
/// so a run that broke off anywhere is taken up by the next; at no moment is the tenant active on both. Data keys are wrapped by the master
/// key that all shards share, and are copied as they are.
/// </summary>
/// <param name="report">Told before each step, and after each page of rows.</param>
public sealed class TenantMover(MoveEnd source, MoveEnd target, IdGenerator ids, TimeProvider time, Action<MoveProgress> report)
{
    private readonly Guid _mover = ids.NewGuid();

    /// <summary>The tenant as an end knows it, and its move; null when there is none.</summary>
    public static Task<(Tenant? Tenant, TenantMove? Move)> FindAsync(
        Database database, TenantId tenant, CancellationToken cancellationToken) => MoveRun.FindAsync(database, tenant, cancellationToken);

    /// <summary>Takes away what moves that ended an hour ago have left to keep late writers out.</summary>
    public static Task CleanUpAsync(Database database, TimeProvider time, CancellationToken cancellationToken) =>
        TenantFence.CleanUpAsync(database, time, cancellationToken);

    /// <summary>Begins the move, or goes on with one that broke off.</summary>
    /// <param name="patience">How long the nodes may take to hand back what they hold.</param>
    /// <exception cref="MoveRefusedException">It cannot be made, or not go on; the message says what to do.</exception>
    public async Task RunAsync(TenantId tenant, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (tenant == PlatformTenant.Id)
            throw new MoveRefusedException("The platform's own tenant is on every shard and cannot be moved.");
        await CleanUpAsync(source.Database, time, cancellationToken);
        await CleanUpAsync(target.Database, time, cancellationToken);
        var run = await BeginAsync(tenant, cancellationToken);
        if (await WasMovedBeforeAsync(run, cancellationToken))
        {
            run.Begin(MoveStep.Done);
            return;
        }

        await ClearWay.RunAsync(run, cancellationToken);
        var before = await MarkAsync(run, cancellationToken);
        if (before?.Phase != MovePhase.Left)
        {
            await DrainSource.RunAsync(run, patience, cancellationToken);
            await AnnounceTenant.RunAsync(run, cancellationToken);
            await CopyTables.RunAsync(run, cancellationToken);
            await SwitchOver.LeaveAsync(run, cancellationToken);
        }

        await SwitchOver.ActivateAsync(run, cancellationToken);
        await RemoveRows.RunAsync(run, source, cancellationToken);
        run.Begin(MoveStep.Done);
    }

    /// <summary>
    /// Gives up a move that has not come to <see cref="MoveStep.Leave"/>: the target's copy is removed, and the source serves the tenant
    /// again.
    /// </summary>
    /// <exception cref="MoveRefusedException">It has: the tenant lives on the target.</exception>
    public async Task AbandonAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await AbandonMove.RunAsync(await BeginAsync(tenant, cancellationToken), cancellationToken);

    private async Task<MoveRun> BeginAsync(TenantId tenant, CancellationToken cancellationToken) =>
        new(source, target, tenant, _mover, await CommonTables.ReadAsync(source, target, cancellationToken), time, report);

    private static async Task<bool> WasMovedBeforeAsync(MoveRun run, CancellationToken cancellationToken) =>
        await MoveRun.FindAsync(run.Source.Database, run.Tenant, cancellationToken) is (null, { Phase: MovePhase.Gone } gone)
        && gone.Other == run.Target.Name;

    /// <summary>What an earlier run has left; null when the move begins now.</summary>
    private static async Task<TenantMove?> MarkAsync(MoveRun run, CancellationToken cancellationToken)
    {
        run.Begin(MoveStep.Mark);
        var before = await run.MarkLeavingAsync(cancellationToken);
        if (before is not null && (before.Other != run.Target.Name || before.Phase is not (MovePhase.Leaving or MovePhase.Left)))
        {
            throw new MoveRefusedException(
                $"The tenant is already on its way between {run.Source.Name} and {before.Other}: "
                + $"finish that with --to {before.Other}, or give it up with --to {run.Source.Name}.");
        }

        return before;
    }
}
