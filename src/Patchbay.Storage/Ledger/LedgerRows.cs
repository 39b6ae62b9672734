namespace Patchbay.Storage;

/// <summary>
/// The rows as one piece of work sees them: as committed, with the changes of work decided before it in the same batch, and its own.
/// </summary>
public sealed class LedgerRows
{
    private readonly LedgerBatch _batch;
    private readonly List<(object Batch, object Key, object? Row, RowChange Change, Action Apply)> _changes = [];

    internal LedgerRows(LedgerBatch batch, string? traceParent) => (_batch, TraceParent) = (batch, traceParent);

    /// <summary>Of the work: what it writes may tell of it.</summary>
    public string? TraceParent { get; }

    /// <summary>Null when there is no such row.</summary>
    public TRow? Find<TKey, TRow>(Table<TKey, TRow> table, TKey key)
        where TKey : struct, IEquatable<TKey>
        where TRow : class
    {
        var of = _batch.Of(table);
        for (var i = _changes.Count - 1; i >= 0; i--)
        {
            if (ReferenceEquals(_changes[i].Batch, of) && key.Equals((TKey)_changes[i].Key))
                return (TRow?)_changes[i].Row;
        }

        return of.Find(key);
    }

    /// <summary>
    /// A row that is not there yet. Should it be, its work fails, or decides once more when it went by
    /// <see cref="LedgerNeeds.Absent"/>.
    /// </summary>
    public void Insert<TKey, TRow>(Table<TKey, TRow> table, TRow row)
        where TKey : struct, IEquatable<TKey>
        where TRow : class => Change(table, table.KeyOf(row), row, RowChange.Insert);

    /// <summary>
    /// Replaces a row that was needed or held, or inserted by this work. Returns it as it is written: with its next version.
    /// </summary>
    public TRow Update<TKey, TRow>(Table<TKey, TRow> table, TRow row)
        where TKey : struct, IEquatable<TKey>
        where TRow : class
    {
        var key = table.KeyOf(row);
        var next = _batch.Of(table).Next(key, row);
        Change(table, key, next, RowChange.Update);
        return next;
    }

    /// <summary>Nothing happens when there is no such row.</summary>
    public void Delete<TKey, TRow>(Table<TKey, TRow> table, TKey key)
        where TKey : struct, IEquatable<TKey>
        where TRow : class => Change(table, key, null, RowChange.Delete);

    internal void Apply()
    {
        foreach (var change in _changes)
            change.Apply();
    }

    private void Change<TKey, TRow>(Table<TKey, TRow> table, TKey key, TRow? row, RowChange change)
        where TKey : struct, IEquatable<TKey>
        where TRow : class
    {
        var of = _batch.Of(table);
        _changes.Add((of, key, row, change, () => of.Write(key, row, change)));
    }
}
