using System.Data.Common;
using Microsoft.Extensions.Logging;
using Patchbay.Storage;

namespace Patchbay.Platform.Retention;

/// <summary>
/// Makes partitions ahead of time and retires those whose time is over; on SQLite there is nothing to do. What cannot be done now is tried
/// again an hour later: until then new rows go to the last partition, and old ones stay.
/// </summary>
public sealed partial class PartitionUpkeep
{
    private readonly ILogger<PartitionUpkeep> _logger;
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    private readonly PartitionStore? _store;
    private readonly IReadOnlyList<Retained> _tables;
    private readonly RetentionOptions _options;
    private readonly TimeProvider _time;

    public PartitionUpkeep(
        Database database, IEnumerable<Retained> tables, RetentionOptions options, TimeProvider time, ILogger<PartitionUpkeep> logger)
    {
        (_tables, _options, _time, _logger) = ([.. tables], options, time, logger);
        _store = database is PostgreSqlDatabase postgres ? new PartitionStore(postgres) : null;
        options.CheckNames(_tables);
    }

    /// <summary>Before a node serves, and again and again while it does.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => EachAsync(async (store, table, partitions) =>
    {
        var length = PartitionLength.For(_options.Of(table));
        LogMade(
            partitions.Name, await store.ExtendAsync(partitions, _time.GetUtcNow(), _time.GetUtcNow() + Ahead, length, cancellationToken));
    });

    public Task RetireAsync(CancellationToken cancellationToken) => EachAsync(async (store, table, partitions) =>
    {
        var before = _time.GetUtcNow() - _options.Of(table);
        if (table.Follows is { } first && (await store.ListAsync(first, cancellationToken))[0].Until is { } retired && retired < before)
            before = retired;
        LogDropped(partitions.Name, await store.RetireAsync(partitions, before, cancellationToken));
    });

    /// <summary>
    /// The tables in which rows are deleted one by one: the first partition with what was kept, and one that spans more than a month, as
    /// the one does that was the whole table before there were partitions.
    /// </summary>
    internal async Task<IReadOnlyList<string>> DeletedByRowAsync(Retained table, CancellationToken cancellationToken) =>
        _store is null || table.Partitions is null
        ? [table.Table]
        : (await _store.ListAsync(table.Partitions, cancellationToken))
            .Where(partition => partition.From is null || partition.Until - partition.From > TimeSpan.FromDays(31))
            .Select(partition => partition.Name).ToList();

    private async Task EachAsync(Func<PartitionStore, Retained, PartitionedTable, Task> work)
    {
        if (_store is null)
            return;
        foreach (var table in _tables)
        {
            if (table.Partitions is not { } partitions)
                continue;
            try
            {
                await work(_store, table, partitions);
            }
            catch (DbException exception)
            {
                LogPutOff(exception, partitions.Name);
            }
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

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The partitions of {Table} stay as they are for now; nothing is lost, and it is tried again in an hour. Unless something "
        + "reads the whole table just now, a dump for example, check that the hub's user owns the table")]
    private partial void LogPutOff(Exception exception, string table);
}
