using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Patchbay.Engine;
using Patchbay.Platform.Alerts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Platform.Retention;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>
/// How many bytes of webhooks a tenant may still have stored, today and in all. What is stored is counted by day and node with the webhooks
/// themselves; what other nodes stored is read every few seconds, so nodes together may pass the limit by what they take in that time.
/// </summary>
public sealed class InboxAllowance(
    Database database, Ledger ledger, EventLog events, Membership nodes, LimitOptions limits, RetentionOptions retention, TimeProvider time)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UntilRoom = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<TenantId, Used> _used = new();

    /// <summary>What is counted for a webhook with the row of its own.</summary>
    internal InboxDay Counting(InboxEntry entry) => New(entry.Key.Tenant, nodes.Self, SizeOf(entry));

    /// <summary>Null when there is room for it, which is then taken; else why not, and the tenant is told, once a day.</summary>
    public async ValueTask<Error?> TakeAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        var tenant = entry.Key.Tenant;
        var today = Today();
        if (!_used.TryGetValue(tenant, out var used) || used.Day != today || time.GetElapsedTime(used.ReadAt) >= KnownFor)
            _used[tenant] = used = await ReadAsync(tenant, today, cancellationToken);
        var size = SizeOf(entry);
        var more = Interlocked.Add(ref used.More, size);
        var full = used.Today + more > limits.InboxBytesADay
            ? Full(
                used.Today + more - size, limits.InboxBytesADay, "received today", nameof(limits.InboxBytesADay),
                today.AddDays(1) - time.GetUtcNow())
            : used.All + more > limits.InboxBytes
                ? Full(used.All + more - size, limits.InboxBytes, "that are kept", nameof(limits.InboxBytes), UntilRoom)
                : null;
        if (full is null)
            return null;
        Interlocked.Add(ref used.More, -size);
        if (Interlocked.Exchange(ref used.Told, true) is false)
            await TellAsync(tenant, full.Detail, cancellationToken);
        return full;
    }

    private static long SizeOf(InboxEntry entry) => entry.BodyLength + entry.Raw!.Url.Length + entry.Raw.Headers.Length;

    private static Error Full(long present, long limit, string which, string setting, TimeSpan wait) =>
        WebhookErrors.InboxFull.With(string.Create(
            CultureInfo.InvariantCulture,
            $"The tenant has {present} bytes of webhooks {which} and may have {limit}: send it again after Retry-After, or have the "
            + $"operator raise Patchbay:Limits:{setting}.")) with { RetryAfter = wait };

    private DateTimeOffset Today() => new(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    private InboxDay New(TenantId tenant, NodeId node, long bytes) =>
        new(new InboxDayKey(tenant, Today(), node), bytes, Today().AddDays(1) + retention.Of(InboxFeature.Kept));

    private async Task<Used> ReadAsync(TenantId tenant, DateTimeOffset today, CancellationToken cancellationToken)
    {
        var readAt = time.GetTimestamp();
        // A row a day and node: as few as days are kept.
        var days = await database.QueryAsync(
            "SELECT day, CAST(sum(bytes) AS bigint) AS bytes FROM inbox_days WHERE tenant_id = @tenant AND kept_until > @now GROUP BY day",
            new { tenant, now = time.GetUtcNow() }, row => (Day: row.Time("day"), Bytes: row.Long("bytes")), cancellationToken);
        return new Used(today, readAt, days.Where(day => day.Day == today).Sum(day => day.Bytes), days.Sum(day => day.Bytes));
    }

    /// <summary>Two nodes may find it full at once: the loser of that race breaks the key, and the tenant was told all the same.</summary>
    private async Task TellAsync(TenantId tenant, string message, CancellationToken cancellationToken)
    {
        try
        {
            await ledger.CommitAsync(new TellOfFullInbox(New(tenant, default, 0), message, events, time.GetUtcNow()), cancellationToken);
        }
        catch (DbException exception) when (!exception.IsPassing())
        {
        }
    }

    /// <summary>What is known of a tenant's day.</summary>
    private sealed class Used(DateTimeOffset day, long readAt, long today, long all)
    {
        /// <summary>Taken by this node since it was read.</summary>
        public long More;

        public bool Told;

        public DateTimeOffset Day => day;

        public long ReadAt => readAt;

        public long Today => today;

        public long All => all;
    }
}

/// <summary>Raises the alert of a full inbox, once a day.</summary>
internal sealed class TellOfFullInbox(InboxDay told, string message, EventLog events, DateTimeOffset now) : LedgerWork<bool>
{
    public override void Need(LedgerNeeds needs) => needs.Row(InboxDayTable.Instance, told.Key);

    public override bool Decide(LedgerRows rows)
    {
        if (rows.Find(InboxDayTable.Instance, told.Key) is not null)
            return false;
        rows.Insert(InboxDayTable.Instance, told);
        var alert = new Alert("inbox.full", message, told.Key.Tenant.ToString());
        events.Publish(rows, told.Key.Tenant, Alert.Raised, alert.Subject, alert, now);
        return true;
    }
}
