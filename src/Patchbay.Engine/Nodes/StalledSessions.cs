using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// Ends sessions whose node stands still in the middle of sending a batch. What PostgreSQL has carried out of such a batch keeps its locks,
/// and
/// PostgreSQL waits for the rest without limit: <c>idle_in_transaction_session_timeout</c> counts between batches only, and the machine of
/// a stopped process still answers for its connections. Every node waits for those locks, so any of them ends it.
/// </summary>
internal sealed class StalledSessions(Database database)
{
    // As long as between batches; 0 switches off both. Engine scope: all tenants.
    private const string Sql = $"""
        SELECT pid, pg_terminate_backend(pid) AS ended FROM pg_stat_activity
         WHERE datname = current_database() AND usename = current_user AND application_name LIKE '%{PostgreSqlDatabase.LedgerSuffix}'
           AND state = 'active' AND wait_event = 'ClientRead'
           AND current_setting('idle_in_transaction_session_timeout') <> '0'
           AND state_change < clock_timestamp() - current_setting('idle_in_transaction_session_timeout')::interval
         LIMIT 100
        """;

    /// <summary>How many there were.</summary>
    public async Task<int> EndAsync(CancellationToken cancellationToken) => database.CanBeShared
        ? (await database.QueryAsync(Sql, new { }, row => row.Int("pid"), cancellationToken)).Count
        : 0;
}
