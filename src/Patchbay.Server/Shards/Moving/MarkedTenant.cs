using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>
/// What a move changes at one of its ends, each time only while the tenant is still marked as it was by this run: a later run takes over by
/// writing its own id into the mark.
/// </summary>
internal sealed class MarkedTenant(
    Database database, TenantId tenant, MovePhase phase, Guid mover, TimeProvider time, Action<MoveProgress> report)
{
    public static MoveRefusedException Superseded() => new("Another run of this move has taken over; let that one finish.");

    /// <summary>Locks the mark, and makes sure that this run may still go on.</summary>
    public async Task ConfirmAsync(WriteTransaction write, CancellationToken cancellationToken)
    {
        var confirmed = await database.ExecuteAsync(
            write, "UPDATE tenant_moves SET changed_at = @now WHERE tenant_id = @tenant AND phase = @phase AND mover = @mover",
            new { now = time.GetUtcNow(), tenant, phase = phase.ToWord(), mover }, cancellationToken);
        if (confirmed == 0)
            throw Superseded();
    }

    public async Task DeleteRowsAsync(IReadOnlyList<TenantTableShape> tables, CancellationToken cancellationToken)
    {
        foreach (var table in await TenantTables.HoldingAsync(database, tables, tenant, cancellationToken))
            await DeleteRowsAsync(new TenantRows(database, table, tenant), cancellationToken);
    }

    public async Task DeleteRowsAsync(TenantRows rows, CancellationToken cancellationToken)
    {
        long removed = 0;
        int step;
        do
        {
            await using var write = await database.BeginWriteAsync(cancellationToken);
            await ConfirmAsync(write, cancellationToken);
            step = await rows.DeleteAsync(write, cancellationToken);
            await write.CommitAsync(cancellationToken);
            removed += step;
            if (step > 0)
                report(new MoveProgress(MoveStep.Remove, rows.Name, removed));
        }
        while (step == TenantRows.Page);
    }

    /// <summary>Deletes the tenant's row.</summary>
    /// <param name="markedAs">What the mark says from now on; null: it goes too.</param>
    public async Task ForgetAsync(MovePhase? markedAs, CancellationToken cancellationToken)
    {
        await using var write = await database.BeginWriteAsync(cancellationToken);
        await ConfirmAsync(write, cancellationToken);
        await database.ExecuteAsync(write, "DELETE FROM tenants WHERE id = @tenant", new { tenant }, cancellationToken);
        if (markedAs is { } after)
        {
            await database.ExecuteAsync(
                write, "UPDATE tenant_moves SET phase = @after, changed_at = @now WHERE tenant_id = @tenant",
                new { tenant, after = after.ToWord(), now = time.GetUtcNow() }, cancellationToken);
        }
        else
        {
            await database.ExecuteAsync(write, "DELETE FROM tenant_moves WHERE tenant_id = @tenant", new { tenant }, cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
    }
}
