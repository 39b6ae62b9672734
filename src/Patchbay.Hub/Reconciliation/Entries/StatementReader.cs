using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Entries;

/// <summary>Reads statements and their entries.</summary>
public sealed class StatementReader(Database database)
{
    public Task<Statement?> FindAsync(TenantId tenant, StatementId id, CancellationToken cancellationToken) =>
        database.FindAsync(StatementTable.Instance, new StatementKey(tenant, id), cancellationToken);

    /// <summary>One row more than the page has, newest first.</summary>
    internal Task<IReadOnlyList<StatementEntry>> EntriesAsync(
        TenantId tenant, EntryFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var where = new SqlFilter().And("tenant_id = @tenant", "tenant", tenant).And("id < @before", "before", page.Before)
            .And("statement_id = @statement", "statement", filter.Statement)
            .And("integration_id = @integration", "integration", filter.Integration)
            .And("status = @status", "status", filter.Status?.ToWord())
            .And("direction = @direction", "direction", filter.Direction?.ToWord()).With("limit", page.Limit + 1);
        return database.QueryAsync(
            $"SELECT * FROM statement_entries WHERE {where.Where} ORDER BY id DESC LIMIT @limit", where.Parameters,
            StatementEntryTable.Instance.Read, cancellationToken);
    }

    /// <summary>Unmatched ones that were booked in a time, by day.</summary>
    /// <param name="after">Where the page before ended.</param>
    internal Task<IReadOnlyList<StatementEntry>> UnmatchedAsync(
        TenantId tenant, IntegrationMode mode, (DateTimeOffset At, Guid Id) after, DateTimeOffset until, int limit,
        CancellationToken cancellationToken) => database.QueryAsync(
        """
        SELECT * FROM statement_entries WHERE tenant_id = @tenant AND mode = @mode AND status = 'unmatched'
           AND booked_at >= @at AND booked_at < @until AND (booked_at > @at OR id > @id) ORDER BY booked_at, id LIMIT @limit
        """,
        new { tenant, mode = mode.ToWord(), at = after.At, id = after.Id, until, limit }, StatementEntryTable.Instance.Read,
        cancellationToken);

    /// <summary>The entries that stand for these things, and unmatched ones that name them.</summary>
    /// <param name="subjects">TypeIDs.</param>
    internal async Task<SubjectEntries> OfSubjectsAsync(
        TenantId tenant, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object?> { ["tenant"] = tenant };
        var matched = await database.QueryByTextsAsync(
            "SELECT * FROM statement_entries WHERE tenant_id = @tenant AND", "subject", subjects, parameters,
            StatementEntryTable.Instance.Read, cancellationToken);
        var named = await database.QueryByTextsAsync(
            "SELECT * FROM statement_entries WHERE tenant_id = @tenant AND status = 'unmatched' AND", "names", subjects, parameters,
            StatementEntryTable.Instance.Read, cancellationToken);
        return new SubjectEntries(
            matched.DistinctBy(entry => entry.Subject).ToDictionary(entry => entry.Subject!, StringComparer.Ordinal),
            named.OrderBy(entry => entry.Id.Value).DistinctBy(entry => entry.Names)
                .ToDictionary(entry => entry.Names!, StringComparer.Ordinal));
    }
}

/// <summary>Entries by the TypeIDs of what they are of.</summary>
/// <param name="Matched">That stand for it.</param>
/// <param name="Named">Unmatched ones that hold its reference: the first of each.</param>
internal sealed record SubjectEntries(
    IReadOnlyDictionary<string, StatementEntry> Matched, IReadOnlyDictionary<string, StatementEntry> Named);
