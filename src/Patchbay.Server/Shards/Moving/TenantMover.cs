using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>One end of a move.</summary>
public sealed record MoveEnd(string Name, Database Database, Ledger Ledger);

/// <summary>
/// Moves a tenant from one shard to another. Both ends know how far it has come (<see cref="TenantMove"/>), so a run that broke off anywhere
/// is taken up by the next; at no moment is the tenant active on both. Data keys are wrapped by the master key that all shards share, and
/// are copied as they are.
/// </summary>
/// <param name="report">Told before each step, and after each page of rows.</param>
public sealed class TenantMover(MoveEnd source, MoveEnd target, IdGenerator ids, TimeProvider time, Action<MoveProgress> report)
{
    private const int CopyTries = 3;

    /// <summary>So long nodes may take to see that the tenant is on its way, and go on reading its rows.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(100);

    private readonly Guid _mover = ids.NewGuid();

    /// <summary>The tenant as an end knows it, and its move; null when there is none.</summary>
    public static async Task<(Tenant? Tenant, TenantMove? Move)> FindAsync(Database database, TenantId tenant, CancellationToken cancellationToken)
    {
        var move = await database.FindAsync(TenantMoveTable.Instance, tenant, cancellationToken);
        var row = await database.FindAsync(TenantTable.Instance, tenant, cancellationToken);
        return (row, move);
    }

    /// <summary>Takes away what moves that ended an hour ago have left to keep late writers out.</summary>
    public static Task CleanUpAsync(Database database, TimeProvider time, CancellationToken cancellationToken) =>
        TenantFence.CleanUpAsync(database, time, cancellationToken);

    /// <summary>Begins the move, or goes on with one that broke off.</summary>
    /// <param name="patience">How long the nodes may take to hand back what they hold.</param>
    public async Task RunAsync(TenantId tenant, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (tenant == PlatformTenant.Id)
            throw new MoveRefusedException("The platform's own tenant is on every shard and cannot be moved.");
        await CleanUpAsync(source.Database, time, cancellationToken);
        await CleanUpAsync(target.Database, time, cancellationToken);
        var tables = await CommonTablesAsync(cancellationToken);
        if (await FindAsync(source.Database, tenant, cancellationToken) is { Tenant: null, Move: { Phase: MovePhase.Gone } gone } && gone.Other == target.Name)
        {
            report(new MoveProgress(MoveStep.Done));
            return;
        }

        await ClearWayAsync(tenant, tables, cancellationToken);

        report(new MoveProgress(MoveStep.Mark));
        var before = await source.Ledger.CommitAsync(
            new MarkLeaving(new TenantMove(tenant, MovePhase.Leaving, target.Name, _mover, time.GetUtcNow())), cancellationToken);
        if (before is not null && (before.Other != target.Name || before.Phase is not (MovePhase.Leaving or MovePhase.Left)))
        {
            throw new MoveRefusedException(
                $"The tenant is already on its way between {source.Name} and {before.Other}: finish that with --to {before.Other}, or give it up with --to {source.Name}.");
        }

        if (before?.Phase != MovePhase.Left)
        {
            await DrainAsync(tenant, tables, patience, cancellationToken);
            await AnnounceAsync(tenant, tables, cancellationToken);
            foreach (var table in tables)
                await CopyAsync(tenant, table, cancellationToken);
            await LeaveAsync(tenant, cancellationToken);
        }

        await ActivateAsync(tenant, cancellationToken);
        await RemoveAsync(source, tenant, tables, cancellationToken);
        report(new MoveProgress(MoveStep.Done));
    }

    /// <summary>Gives up a move that has not come to <see cref="MoveStep.Leave"/>: the target's copy is removed, and the source serves the tenant again.</summary>
    public async Task AbandonAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var tables = await CommonTablesAsync(cancellationToken);
        var before = await source.Ledger.CommitAsync(
            new MarkLeaving(new TenantMove(tenant, MovePhase.Leaving, target.Name, _mover, time.GetUtcNow())), cancellationToken);
        if (before?.Phase == MovePhase.Left)
            throw new MoveRefusedException($"The tenant lives on {target.Name} by now: finish the move with --to {target.Name}, then move it back.");
        var marker = await target.Database.ExecuteAsync(
            "UPDATE tenant_moves SET mover = @_mover WHERE tenant_id = @tenant AND phase = @arriving", new { _mover, tenant, arriving = Word(MovePhase.Arriving) }, cancellationToken);
        if (marker > 0)
        {
            var arriving = At(target, tenant, MovePhase.Arriving);
            await arriving.DeleteRowsAsync(tables, cancellationToken);
            await arriving.ForgetAsync(markedAs: null, cancellationToken);
        }

        await new TenantFence(source.Database, tenant, time).LowerAsync(tables, cancellationToken);
        await using var write = await source.Database.BeginWriteAsync(cancellationToken);
        await source.Database.ExecuteAsync(write, "DELETE FROM tenant_moves WHERE tenant_id = @tenant AND mover = @_mover", new { tenant, _mover }, cancellationToken);
        await source.Database.ExecuteAsync(write, "UPDATE tenants SET config_version = config_version + 1 WHERE id = @tenant", new { tenant }, cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>What an earlier stay of the tenant on the target has left there.</summary>
    private async Task ClearWayAsync(TenantId tenant, IReadOnlyList<TenantTableShape> tables, CancellationToken cancellationToken)
    {
        var (there, move) = await FindAsync(target.Database, tenant, cancellationToken);
        if (move is null && there is not null && await FindAsync(source.Database, tenant, cancellationToken) is { Move: null })
            throw new MoveRefusedException($"{source.Name} and {target.Name} both have the tenant as active: one of them was restored from a backup of before its move. Remove the older one by hand.");
        if (move?.Phase == MovePhase.Left)
            await RemoveAsync(target, tenant, tables, cancellationToken);
        var (here, _) = await FindAsync(source.Database, tenant, cancellationToken);
        if (here is null)
            throw new MoveRefusedException($"{source.Name} has no tenant {tenant}.");
        var namesake = await target.Database.FindAsync("SELECT * FROM tenants WHERE name = @Name", new { here.Name }, TenantTable.Instance.Read, cancellationToken);
        if (namesake is not null && namesake.Id != tenant)
            throw new MoveRefusedException($"{target.Name} has another tenant of the name '{here.Name}'. Names are told apart on one shard: choose another shard.");
    }

    private async Task DrainAsync(TenantId tenant, IReadOnlyList<TenantTableShape> tables, TimeSpan patience, CancellationToken cancellationToken)
    {
        report(new MoveProgress(MoveStep.Drain));
        var fence = new TenantFence(source.Database, tenant, time);
        var leased = tables.Where(table => table.CanBeLeased).Select(table => new TenantRows(source.Database, table, tenant)).ToList();
        await Task.Delay(Notice, time, cancellationToken);
        var started = time.GetTimestamp();
        while (true)
        {
            if (!await AnyLeasedAsync(leased, cancellationToken))
            {
                await fence.RaiseAsync(tables, cancellationToken);
                if (!await AnyLeasedAsync(leased, cancellationToken))
                    return;
                await fence.LowerAsync(tables, cancellationToken);   // taken just before: its node must be able to hand it back
            }

            if (time.GetElapsedTime(started) > patience)
            {
                throw new MoveRefusedException(
                    $"Nodes of {source.Name} still hold deliveries of the tenant. What a dead node held is handed back by a hub that runs: start one, and run this again; or give up with --to {source.Name}.");
            }

            await Task.Delay(DrainPause, time, cancellationToken);
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

    /// <summary>The tenant's row comes first, with the mark that it is not active yet, so that its name is taken.</summary>
    private async Task AnnounceAsync(TenantId tenant, IReadOnlyList<TenantTableShape> tables, CancellationToken cancellationToken)
    {
        report(new MoveProgress(MoveStep.Announce));
        var (row, _) = await FindAsync(source.Database, tenant, cancellationToken);
        await new TenantFence(target.Database, tenant, time).LowerAsync(tables, cancellationToken);   // from an earlier stay
        await using var write = await target.Database.BeginWriteAsync(cancellationToken);
        await target.Database.ExecuteAsync(
            write,
            "INSERT INTO tenant_moves (tenant_id, phase, other, mover, changed_at) VALUES (@tenant, @arriving, @Name, @_mover, @now) " +
            "ON CONFLICT (tenant_id) DO UPDATE SET phase = excluded.phase, other = excluded.other, mover = excluded.mover, changed_at = excluded.changed_at",
            new { tenant, arriving = Word(MovePhase.Arriving), source.Name, _mover, now = time.GetUtcNow() }, cancellationToken);
        await target.Database.ExecuteAsync(
            write,
            "INSERT INTO tenants (id, name, config_version, created_at) VALUES (@Id, @Name, @ConfigVersion, @CreatedAt) ON CONFLICT (id) DO NOTHING",
            new { row!.Id, row.Name, row.ConfigVersion, row.CreatedAt }, cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// The source does not change meanwhile, but for what retention deletes: then the counts differ, and the table is copied once more.
    /// </summary>
    private async Task CopyAsync(TenantId tenant, TenantTableShape table, CancellationToken cancellationToken)
    {
        var from = new TenantRows(source.Database, table, tenant);
        var to = new TenantRows(target.Database, table, tenant);
        var arriving = At(target, tenant, MovePhase.Arriving);
        for (var attempt = 1; ; attempt++)
        {
            var digest = await CopyAsync(from, to, arriving, cancellationToken);
            report(new MoveProgress(MoveStep.Verify, table.Name, digest.Count, digest.Count));
            if (await to.DigestAsync(cancellationToken) == digest)
                return;
            if (attempt == CopyTries)
                throw new MoveRefusedException($"The copy of {table.Name} differs from the original, {attempt} times. Look for what writes to {target.Name} besides; then run this again, or give up with --to {source.Name}.");
            await arriving.DeleteRowsAsync(to, cancellationToken);
        }
    }

    private async Task<RowDigest> CopyAsync(TenantRows from, TenantRows to, MarkedTenant arriving, CancellationToken cancellationToken)
    {
        var total = await from.CountAsync(cancellationToken);
        var digest = new RowDigest();
        report(new MoveProgress(MoveStep.Copy, from.Name, 0, total));
        await foreach (var page in from.PagesAsync(cancellationToken))
        {
            await using (var write = await target.Database.BeginWriteAsync(cancellationToken))
            {
                await arriving.ConfirmAsync(write, cancellationToken);
                await to.InsertAsync(write, page, cancellationToken);
                await write.CommitAsync(cancellationToken);
            }

            digest = digest.Add(page);
            report(new MoveProgress(MoveStep.Copy, from.Name, digest.Count, total));
        }

        return digest;
    }

    private async Task LeaveAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        report(new MoveProgress(MoveStep.Leave));
        var left = await source.Database.ExecuteAsync(
            "UPDATE tenant_moves SET phase = @left, changed_at = @now WHERE tenant_id = @tenant AND phase = @leaving AND mover = @_mover",
            new { left = Word(MovePhase.Left), leaving = Word(MovePhase.Leaving), now = time.GetUtcNow(), tenant, _mover }, cancellationToken);
        if (left == 0)
            throw MarkedTenant.Superseded();
    }

    /// <summary>Does nothing when it was done before.</summary>
    private async Task ActivateAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        report(new MoveProgress(MoveStep.Activate));
        await using var write = await target.Database.BeginWriteAsync(cancellationToken);
        var arrived = await target.Database.ExecuteAsync(
            write, "DELETE FROM tenant_moves WHERE tenant_id = @tenant AND phase = @arriving AND other = @Name",
            new { tenant, arriving = Word(MovePhase.Arriving), source.Name }, cancellationToken);
        if (arrived > 0)
            await target.Database.ExecuteAsync(write, "UPDATE tenants SET config_version = config_version + 1 WHERE id = @tenant", new { tenant }, cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>Takes away what is not true any more, of a tenant that has left. The fence stays for those who slept.</summary>
    private async Task RemoveAsync(MoveEnd end, TenantId tenant, IReadOnlyList<TenantTableShape> tables, CancellationToken cancellationToken)
    {
        report(new MoveProgress(MoveStep.Remove));
        await end.Database.ExecuteAsync(
            "UPDATE tenant_moves SET mover = @_mover WHERE tenant_id = @tenant AND phase = @left", new { _mover, tenant, left = Word(MovePhase.Left) }, cancellationToken);
        var left = At(end, tenant, MovePhase.Left);
        await left.DeleteRowsAsync(tables, cancellationToken);
        await left.ForgetAsync(markedAs: MovePhase.Gone, cancellationToken);
    }

    private async Task<IReadOnlyList<TenantTableShape>> CommonTablesAsync(CancellationToken cancellationToken)
    {
        var here = await TenantTables.ReadAsync(source.Database, cancellationToken);
        var there = await TenantTables.ReadAsync(target.Database, cancellationToken);
        foreach (var table in here)
        {
            var same = there.FirstOrDefault(other => other.Name == table.Name);
            if (same is null || !same.Columns.Select(column => column.Name).Order().SequenceEqual(table.Columns.Select(column => column.Name).Order()))
                throw new MoveRefusedException($"{table.Name} is not the same on {source.Name} and {target.Name}. Run patchbay migrate, which brings all shards up to date.");
            if (!table.HasKey)
                throw new MoveRefusedException($"{table.Name} has no primary key, so its rows cannot be told apart.");
        }

        return here;
    }

    private MarkedTenant At(MoveEnd end, TenantId tenant, MovePhase phase) => new(end.Database, tenant, phase, _mover, time, report);

    private static string Word(MovePhase phase) => phase.ToWord();
}
