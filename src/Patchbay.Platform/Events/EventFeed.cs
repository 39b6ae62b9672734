using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Events;

/// <summary>Some events of a tenant, oldest first.</summary>
/// <param name="Cursor">The last event that was looked at, wanted or not: where to go on. The one that was passed in when there was
/// none.</param>
/// <param name="HasMore">There were more to look at already.</param>
public sealed record EventBatch(IReadOnlyList<Event> Events, EventId Cursor, bool HasMore);

/// <summary>
/// Reads a tenant's events in the order of their ids. Whoever goes on from the cursor sees each exactly once, whichever node wrote it.
/// </summary>
public sealed class EventFeed(Database database, EventHorizon horizon)
{
    /// <summary>Rows that one reading looks at, at most, however few of them are wanted.</summary>
    public const int MostScanned = 1_000;

    /// <param name="after">Exclusive; the default begins with the oldest that is kept, and so does one that is kept no more.</param>
    /// <param name="limit">From 1 to <see cref="MostScanned"/>.</param>
    /// <param name="subject">TypeID of what they are about; null: of anything.</param>
    public async Task<EventBatch> ReadAsync(
        TenantId tenant, EventId after, EventPatterns patterns, int limit, CancellationToken cancellationToken, string? subject = null)
    {
        var span = new SqlFilter().And("tenant_id = @tenant", "tenant", tenant).And("id > @after", "after", after)
            .And("id < @below", "below", await horizon.BelowAsync(cancellationToken)).And("subject = @subject", "subject", subject);
        if (patterns.MatchAll)
        {
            var rows = await database.QueryAsync(
                $"SELECT * FROM events WHERE {span.Where} ORDER BY id LIMIT @most", span.With("most", limit + 1).Parameters,
                EventTable.Instance.Read, cancellationToken);
            var events = rows.Count > limit ? rows.Take(limit).ToArray() : rows;
            return new EventBatch(events, events.Count > 0 ? events[^1].Id : after, rows.Count > limit);
        }

        var seen = await database.QueryAsync(
            $"SELECT id, type FROM events WHERE {span.Where} ORDER BY id LIMIT @most", span.With("most", MostScanned).Parameters,
            row => (Id: row.Id<EventId>("id"), Type: row.Text("type")), cancellationToken);
        var wanted = seen.Where(row => patterns.Matches(row.Type)).Take(limit).ToList();
        var last = seen.Count == 0 ? after : wanted.Count == limit ? wanted[^1].Id : seen[^1].Id;
        var isAtEnd = seen.Count < MostScanned && (seen.Count == 0 || last == seen[^1].Id);
        return new EventBatch(wanted.Count == 0 ? [] : await PickAsync(tenant, wanted, cancellationToken), last, !isAtEnd);
    }

    /// <summary>Null when there is none, or it is kept no more.</summary>
    public Task<Event?> FindAsync(TenantId tenant, EventId id, CancellationToken cancellationToken) =>
        database.FindAsync(EventTable.Instance, new EventKey(tenant, id), cancellationToken);

    /// <summary>The newest event that <see cref="ReadAsync"/> would show; the default when there is none.</summary>
    public async Task<EventId> NewestAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var below = await horizon.BelowAsync(cancellationToken);
        var newest = await database.QueryAsync(
            "SELECT id FROM events WHERE tenant_id = @tenant AND id < @below ORDER BY id DESC LIMIT 1", new { tenant, below },
            row => row.Id<EventId>("id"), cancellationToken);
        return newest.Count > 0 ? newest[0] : default;
    }

    private async Task<IReadOnlyList<Event>> PickAsync(
        TenantId tenant, List<(EventId Id, string Type)> wanted, CancellationToken cancellationToken)
    {
        var types = wanted.Select(row => row.Type).Distinct().Index().ToDictionary(pair => "t" + pair.Index, pair => (object?)pair.Item);
        var named = string.Join(", ", types.Keys.Select(name => "@" + name));
        var (first, last, most) = (wanted[0].Id, wanted[^1].Id, wanted.Count);
        return await database.QueryAsync(
            "SELECT * FROM events WHERE tenant_id = @tenant AND id >= @first AND id <= @last AND type IN "
                + $"({named}) ORDER BY id LIMIT @most",
            new Dictionary<string, object?>(types) { ["tenant"] = tenant, ["first"] = first, ["last"] = last, ["most"] = most },
            EventTable.Instance.Read, cancellationToken);
    }
}
