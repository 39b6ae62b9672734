using Microsoft.Extensions.Logging;
using Patchbay.Storage;

namespace Patchbay.Platform.Events;

/// <summary>
/// Tells how far events may be read so that none is missed: every event with a lower id is committed, or never will be. On PostgreSQL other
/// nodes may still commit lower ids than those that are there, and the oldest ledger transaction under way is the limit; see decision 13.
/// On SQLite one writer commits in the order of ids, and there is none.
/// </summary>
public sealed partial class EventHorizon
{
    /// <summary>By so much an id may be older than the begin of its transaction: the constraint <c>ids_are_fresh</c>.</summary>
    internal static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(250);

    /// <summary>For the moment between a session's noting when its transaction began and others seeing it.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan KeptFor = TimeSpan.FromMilliseconds(50);
    private static readonly Guid None = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    // statement_timestamp() is older than the look at the sessions: who is not seen there begins later than it. Engine scope: all tenants.
    private const string Sql = $"""
        SELECT least(statement_timestamp(), min(xact_start)) AS begun, count(*) FILTER (WHERE state IS NULL OR state = 'disabled') AS hidden
          FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '%{PostgreSqlDatabase.LedgerSuffix}' LIMIT 1
        """;

    private readonly Database _database;
    private readonly ILogger<EventHorizon> _logger;
    private readonly Recent<Guid>? _recent;
    private Guid _last;

    public EventHorizon(Database database, TimeProvider time, ILogger<EventHorizon> logger)
    {
        (_database, _logger) = (database, logger);
        if (database is PostgreSqlDatabase)
            _recent = new Recent<Guid>(KeptFor, time, LookAsync);
    }

    /// <summary>Events with lower ids may be read, by a statement that begins after this.</summary>
    public Task<Guid> BelowAsync(CancellationToken cancellationToken) => _recent?.GetAsync(cancellationToken) ?? Task.FromResult(None);

    private async Task<Guid> LookAsync()
    {
        var (begun, hidden) = (await _database.QueryAsync(
            Sql, new { }, row => (row.Time("begun"), row.Long("hidden")), CancellationToken.None))[0];
        if (hidden > 0)
            LogHidden(hidden);
        else
            _last = IdGenerator.LowestAt(begun - Tolerance - Slack);
        return _last;
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "New events are not shown: {Count} sessions of other nodes cannot be seen in pg_stat_activity. Let all nodes connect as "
        + "the same user, or grant it pg_read_all_stats, and leave track_activities on")]
    private partial void LogHidden(long count);
}
