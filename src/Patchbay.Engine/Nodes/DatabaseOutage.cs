using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Extensions.Logging;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// Says once that the database is away and once that it is back, however many loops and attempts wait for it; and knows what was done and
/// waits to be recorded, because the database is away, or is there and refuses it.
/// </summary>
public sealed partial class DatabaseOutage(TimeProvider time, ILogger<DatabaseOutage> logger)
{
    private readonly ConcurrentDictionary<Guid, long> _waiting = new();
    private long _since;

    /// <summary>Records that were not taken yet.</summary>
    public int WaitingRecords => _waiting.Count;

    /// <summary>Of the record that has waited longest; zero when none does.</summary>
    public TimeSpan LongestWait
    {
        get
        {
            var now = time.GetTimestamp();
            return time.GetElapsedTime(_waiting.Values.Append(now).Min(), now);
        }
    }

    /// <summary>Whether an exception only means that the database is away; then nothing more needs to be said of it.</summary>
    public bool Explains(Exception exception)
    {
        if (exception is not (DbException or LedgerUncertainException or OperationCanceledException)
            || exception is DbException database && !database.IsPassing())
            return false;
        if (Interlocked.CompareExchange(ref _since, time.GetTimestamp(), 0) == 0)
            LogAway(exception.GetBaseException().Message);
        return true;
    }

    internal void Waits(Guid id) => _waiting.TryAdd(id, time.GetTimestamp());

    internal void WaitsNoMore(Guid id) => _waiting.TryRemove(id, out _);

    /// <summary>It has answered.</summary>
    public void IsOver()
    {
        if (Interlocked.Exchange(ref _since, 0) is not 0 and var since)
            LogBack(time.GetElapsedTime(since).TotalSeconds);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer; everything waits for it: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database answers again after {Seconds:0.0} s")]
    private partial void LogBack(double seconds);
}
