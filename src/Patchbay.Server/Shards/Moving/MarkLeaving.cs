using Patchbay.Platform.Audit;
using Patchbay.Platform.Keys;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>
/// Begins a move on the source, with its audit entry; all nodes hear of it by the configuration's version. A move that was begun is taken
/// over.
/// </summary>
/// <returns>What was there before; null when the move begins now.</returns>
internal sealed class MarkLeaving(TenantMove move) : LedgerWork<TenantMove?>
{
    public override void Need(LedgerNeeds needs)
    {
        needs.Row(TenantMoveTable.Instance, move.TenantId);
        ConfigVersion.Need(needs, move.TenantId);
        AuditLog.Need(needs, move.TenantId);
    }

    public override TenantMove? Decide(LedgerRows rows)
    {
        if (rows.Find(TenantMoveTable.Instance, move.TenantId) is { } present)
        {
            if (present.Other == move.Other && present.Phase is MovePhase.Leaving or MovePhase.Left)
                rows.Update(TenantMoveTable.Instance, present with { Mover = move.Mover });
            return present;
        }

        rows.Insert(TenantMoveTable.Instance, move);
        ConfigVersion.Raise(rows, move.TenantId);
        AuditLog.Write(
            rows, move.TenantId, ApiKeyCreation.Actor, "tenant.move", move.TenantId.ToString(), new { to = move.Other }, move.ChangedAt);
        return null;
    }
}
