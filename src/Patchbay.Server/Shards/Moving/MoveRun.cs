using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>One run of a move: what every step knows.</summary>
/// <param name="Mover">Names this run; a later one takes over by writing its own into the marks.</param>
/// <param name="Tables">That both ends have, and that hold rows of tenants.</param>
/// <param name="Report">Told before each step, and after each page of rows.</param>
internal sealed record MoveRun(
    MoveEnd Source, MoveEnd Target, TenantId Tenant, Guid Mover, IReadOnlyList<TenantTableShape> Tables, TimeProvider Time,
    Action<MoveProgress> Report)
{
    public void Begin(MoveStep step) => Report(new MoveProgress(step));

    /// <summary>The tenant at an end, for as long as it is marked there like this.</summary>
    public MarkedTenant At(MoveEnd end, MovePhase phase) => new(end.Database, Tenant, phase, Mover, Time, Report);

    /// <summary>Marks the source as being left, unless an earlier run did: then takes that over. Returns what was there before.</summary>
    public Task<TenantMove?> MarkLeavingAsync(CancellationToken cancellationToken) => Source.Ledger.CommitAsync(
        new MarkLeaving(new TenantMove(Tenant, MovePhase.Leaving, Target.Name, Mover, Time.GetUtcNow())), cancellationToken);

    /// <summary>The tenant as an end knows it, and its move; null when there is none.</summary>
    public static async Task<(Tenant? Tenant, TenantMove? Move)> FindAsync(
        Database database, TenantId tenant, CancellationToken cancellationToken)
    {
        var move = await database.FindAsync(TenantMoveTable.Instance, tenant, cancellationToken);
        var row = await database.FindAsync(TenantTable.Instance, tenant, cancellationToken);
        return (row, move);
    }
}
