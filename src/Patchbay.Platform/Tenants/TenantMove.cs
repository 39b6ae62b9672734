using Patchbay.Storage;

namespace Patchbay.Platform.Tenants;

/// <summary>
/// How far a tenant's move has come, as one of the two shards has it. A tenant without such a row is active where its row is.
/// </summary>
public enum MovePhase
{
    /// <summary>On the source: it takes nothing new; the rows here are the true ones.</summary>
    Leaving,

    /// <summary>On the source: the rows on the target are the true ones; what is here is being removed.</summary>
    Left,

    /// <summary>
    /// On the source: nothing is here any more. Kept for a while, with the fence against nodes that slept through it all.
    /// </summary>
    Gone,

    /// <summary>On the target: its rows are being written; nobody may use them yet.</summary>
    Arriving,
}

/// <summary>A move between two shards.</summary>
/// <param name="Other">The shard at the other end.</param>
/// <param name="Mover">Which run of the move may go on: a later run takes over, and the earlier one finds itself shut out.</param>
[LedgerTable("tenant_moves")]
public sealed partial record TenantMove([Key] TenantId TenantId, MovePhase Phase, string Other, Guid Mover, DateTimeOffset ChangedAt);

public sealed partial class TenantMoveTable
{
    /// <summary>For queries over all tenants: what belongs to a tenant on the move is left alone.</summary>
    public const string NotMoving = "tenant_id NOT IN (SELECT tenant_id FROM tenant_moves)";
}
