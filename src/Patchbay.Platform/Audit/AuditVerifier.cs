using System.Security.Cryptography;
using Patchbay.Storage;

namespace Patchbay.Platform.Audit;

/// <summary>Walks a tenant's chain from its first entry.</summary>
public sealed class AuditVerifier(Database database)
{
    private const int Step = 500;

    /// <summary>
    /// Null when every entry is as it was written, else the number of the first that is not; and how many were good up to there.
    /// </summary>
    public async Task<(long? BrokenAt, long Checked)> VerifyAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        // The head first, so that entries written meanwhile do not look like forged ones: what is checked ends where the chain ended now.
        var head = await database.FindAsync(AuditHeadTable.Instance, tenant, cancellationToken)
            ?? new AuditHead(tenant, 0, []);
        var previous = Array.Empty<byte>();
        var seq = 0L;
        while (true)
        {
            var entries = await database.QueryAsync(
                "SELECT * FROM audit WHERE tenant_id = @tenant AND seq > @seq AND seq <= @end ORDER BY seq LIMIT @Step",
                new { tenant, seq, end = head.Seq, Step }, AuditTable.Instance.Read, cancellationToken);
            foreach (var entry in entries)
            {
                var hash = AuditEntry.HashOf(previous, tenant, entry.Seq, entry.At, entry.Actor, entry.Action, entry.Subject, entry.Detail);
                if (entry.Seq != seq + 1 || !CryptographicOperations.FixedTimeEquals(hash, entry.Hash))
                    return (seq + 1, seq);
                (previous, seq) = (entry.Hash, entry.Seq);
            }

            if (entries.Count < Step)
                break;
        }

        return head.Seq == seq && CryptographicOperations.FixedTimeEquals(head.Hash, previous) ? (null, seq) : (seq + 1, seq);
    }
}
