using System.Collections.Concurrent;
using System.Data.Common;
using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.Platform.Jobs;

/// <summary>Rows at which this node's work has failed: it leaves them alone for 2 seconds, then 4, and so on up to 5 minutes.</summary>
internal sealed class FailedRows<TKey>(TimeProvider time)
    where TKey : struct
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<TKey, (int Times, DateTimeOffset Until)> _rows = new();

    /// <summary>How many rows are left alone now, at most.</summary>
    public int Resting => _rows.Count;

    /// <summary>Whether a failure concerns one row, and not this node, its database or its end.</summary>
    public static bool IsOfTheRow(Exception exception) => exception is DbException fault
        ? !fault.IsPassing()
        : exception is not (OperationCanceledException or ObjectDisposedException or LeaseLostException or LedgerUncertainException);

    public bool Rests(TKey key) => _rows.TryGetValue(key, out var row) && row.Until > time.GetUtcNow();

    public void Add(TKey key)
    {
        var now = time.GetUtcNow();
        foreach (var (other, row) in _rows)
        {
            if (row.Until + Longest < now)
                _rows.TryRemove(other, out _);   // somebody else has dealt with it
        }

        _rows.AddOrUpdate(key, _ => (1, now + After(1)), (_, before) => (before.Times + 1, now + After(before.Times + 1)));
    }

    public void Went(TKey key) => _rows.TryRemove(key, out _);

    private static TimeSpan After(int times) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, times), Longest.TotalSeconds));
}
