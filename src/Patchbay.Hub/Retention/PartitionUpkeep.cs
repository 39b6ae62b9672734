using System.Data.Common;
using Microsoft.Extensions.Logging;
using Patchbay.Storage;

namespace Patchbay.Hub.Retention;

/// <summary>
/// Makes partitions ahead of time and retires those whose time is over; on SQLite there is nothing to do. What cannot be done now is tried again an
/// hour later: until then new rows go to the last partition, and old ones stay.
/// </summary>
public sealed partial class PartitionUpkeep(Database database, RetentionOptions options, TimeProvider time, ILogger<PartitionUpkeep> logger)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    private readonly PartitionStore? _store = database is PostgreSqlDatabase postgres ? new PartitionStore(postgres) : null;

    /// <summary>Before a node serves, and again and again while it does.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, kept) in Tables)
            await TryAsync(table, async store => LogMade(table.Name, await store.ExtendAsync(table, time.GetUtcNow(), time.GetUtcNow() + Ahead, PartitionLength.For(kept), cancellationToken)));
    }

    public async Task RetireAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, kept) in Tables)
        {
            await TryAsync(table, async store =>
            {
                var before = time.GetUtcNow() - kept;
                if (table == TimedTables.Attempts && (await store.ListAsync(TimedTables.Deliveries, cancellationToken))[0].Until is { } retired && retired < before)
                    before = retired;
                LogDropped(table.Name, await store.RetireAsync(table, before, cancellationToken));
            });
        }
    }

    /// <summary>
    /// The tables in which rows are deleted one by one: the first partition with what was kept, and one that spans more than a month, as the one does
    /// that was the whole table before there were partitions.
    /// </summary>
    internal async Task<IReadOnlyList<string>> DeletedByRowAsync(PartitionedTable table, CancellationToken cancellationToken) => _store is null
        ? [table.Name]
        : (await _store.ListAsync(table, cancellationToken))
            .Where(partition => partition.From is null || partition.Until - partition.From > TimeSpan.FromDays(31)).Select(partition => partition.Name).ToList();

    private (PartitionedTable Table, TimeSpan Kept)[] Tables =>
        [(TimedTables.Deliveries, options.Deliveries), (TimedTables.Attempts, options.Deliveries), (TimedTables.Events, options.Events)];

    private async Task TryAsync(PartitionedTable table, Func<PartitionStore, Task> work)
    {
        if (_store is null)
            return;
        try
        {
            await work(_store);
        }
        catch (DbException exception)
        {
            LogPutOff(exception, table.Name);
        }
    }

    private void LogMade(string table, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
            LogMade(table, string.Join(", ", names));
    }

    private void LogDropped(string table, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
            LogDropped(table, string.Join(", ", names));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "New partitions of {Table}: {Names}")]
    private partial void LogMade(string table, string names);

    [LoggerMessage(Level = LogLevel.Information, Message = "Dropped partitions of {Table}, their time being over: {Names}")]
    private partial void LogDropped(string table, string names);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The partitions of {Table} stay as they are for now; nothing is lost, and it is tried again in an hour. Unless something "
        + "reads the whole table just now, a dump for example, check that the hub's user owns the table")]
    private partial void LogPutOff(Exception exception, string table);
}
