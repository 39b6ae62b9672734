using System.Collections.Concurrent;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Suppressions;

/// <summary>
/// Who is not written to. A tenant with an empty list costs a question a second, whatever it sends; so what another node, or a provider,
/// has entered may take that second to be seen.
/// </summary>
public sealed class SuppressionList(Database database, EventLog events, IdGenerator ids, TimeProvider time)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(1);

    /// <summary>When it was asked whether a tenant's list is empty, and whether it was.</summary>
    private readonly ConcurrentDictionary<TenantId, (long AskedAt, bool IsEmpty)> _lists = new();

    /// <summary>Null: they may be written to.</summary>
    public async ValueTask<SuppressedRecipient?> FindAsync(RecipientKey key, CancellationToken cancellationToken)
    {
        if (!_lists.TryGetValue(key.Tenant, out var list) || time.GetElapsedTime(list.AskedAt) >= KnownFor)
        {
            var now = time.GetTimestamp();
            _lists[key.Tenant] = list = (now, await IsEmptyAsync(key.Tenant, cancellationToken));
        }

        return list.IsEmpty ? null : await database.FindAsync(SuppressedRecipientTable.Instance, key, cancellationToken);
    }

    /// <summary>Somebody of this tenant is about to be entered here.</summary>
    public void Expect(TenantId tenant) => _lists[tenant] = (time.GetTimestamp(), IsEmpty: false);

    /// <summary>Names the rows that <see cref="Add"/> reads. Pure.</summary>
    public static void Need(LedgerNeeds needs, RecipientKey key)
    {
        needs.Row(SuppressedRecipientTable.Instance, key);
        AuditLog.Need(needs, key.Tenant);
    }

    /// <summary>Enters somebody, with the audit and the event; who is on the list stays as they are.</summary>
    /// <returns>As they are on the list now, and whether that is new.</returns>
    public (SuppressedRecipient Recipient, bool IsNew) Add(
        LedgerRows rows, RecipientKey key, SuppressionCause reason, string source, string? note, string actor, DateTimeOffset now)
    {
        if (rows.Find(SuppressedRecipientTable.Instance, key) is { } known)
            return (known, false);
        var added = new SuppressedRecipient(key, ids.New<SuppressedRecipientId>(), reason, source, note, now);
        rows.Insert(SuppressedRecipientTable.Instance, added);
        Tell(rows, added, actor, "add", SuppressionEvents.Added, now);
        return (added, true);
    }

    public void Lift(LedgerRows rows, SuppressedRecipient known, string actor, DateTimeOffset now)
    {
        rows.Delete(SuppressedRecipientTable.Instance, known.Key);
        Tell(rows, known, actor, "lift", SuppressionEvents.Lifted, now);
    }

    private void Tell(LedgerRows rows, SuppressedRecipient one, string actor, string what, EventType type, DateTimeOffset now)
    {
        var subject = one.Id.ToString();
        AuditLog.Write(
            rows, one.Key.Tenant, actor, "suppression." + what, subject, new { one.Key.Channel, one.Reason, one.Source }, now);
        events.Publish(rows, one.Key.Tenant, type, subject, SuppressedRecipientView.Of(one), now);
    }

    private async Task<bool> IsEmptyAsync(TenantId tenant, CancellationToken cancellationToken) => (await database.QueryAsync(
        "SELECT 1 AS one FROM suppressed_recipients WHERE tenant_id = @tenant LIMIT 1", new { tenant }, row => row.Long("one"),
        cancellationToken)).Count == 0;
}
