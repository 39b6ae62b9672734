namespace Patchbay.Storage;

/// <summary>
/// One decision over rows that nobody else can change meanwhile: it names the rows it needs, and when they are locked and read, decides.
/// Both parts are pure and quick; they may run again when a batch has to be repeated, so they must not depend on having run before.
/// </summary>
/// <typeparam name="TResult">What the caller is told after the commit.</typeparam>
public abstract class LedgerWork<TResult>
{
    /// <summary>W3C <c>traceparent</c> of the request for which it is done; null when there is none.</summary>
    public virtual string? TraceParent { get; init; }

    /// <summary>Names the rows to lock and read. By default none: work that only inserts.</summary>
    public virtual void Need(LedgerNeeds needs)
    {
    }

    /// <summary>Reads the needed rows and writes changes. Nothing it wrote is kept when it throws.</summary>
    public abstract TResult Decide(LedgerRows rows);
}

/// <summary>Collects the rows that work needs.</summary>
public sealed class LedgerNeeds
{
    private readonly LedgerBatch _batch;

    internal LedgerNeeds(LedgerBatch batch) => _batch = batch;

    public void Row<TKey, TRow>(Table<TKey, TRow> table, TKey key)
        where TKey : struct, IEquatable<TKey>
        where TRow : class => _batch.Of(table).Need(key);

    /// <summary>
    /// A row, and what is needed besides depends on it: named once it is locked and read. Such rows are locked late, out of the common order, so
    /// what is named there must be rows that nobody locks without having locked this one; else two nodes could wait for each other.
    /// </summary>
    /// <param name="then">Pure; null when there is no such row. It sees the row as committed, without the changes of work before it in the batch.</param>
    public void Row<TKey, TRow>(Table<TKey, TRow> table, TKey key, Action<LedgerNeeds, TRow?> then)
        where TKey : struct, IEquatable<TKey>
        where TRow : class
    {
        Row(table, key);
        _batch.AfterLoading(() => then(this, _batch.Of(table).Find(key)));
    }

    /// <summary>
    /// A row as this process knows it, of a table with a version. It is not read again: should somebody have changed it meanwhile, the write
    /// finds out, and the work decides once more over the row as it is. A row that the work does not write is not compared.
    /// </summary>
    public void Held<TKey, TRow>(Table<TKey, TRow> table, TRow row)
        where TKey : struct, IEquatable<TKey>
        where TRow : class => Assume(table, table.KeyOf(row), row);

    /// <summary>
    /// A row that most likely does not exist and that the work will insert. It is not looked for: should it exist, the database refuses it,
    /// and the work decides once more over the row that is there.
    /// </summary>
    public void Absent<TKey, TRow>(Table<TKey, TRow> table, TKey key)
        where TKey : struct, IEquatable<TKey>
        where TRow : class => Assume(table, key, null);

    private void Assume<TKey, TRow>(Table<TKey, TRow> table, TKey key, TRow? row)
        where TKey : struct, IEquatable<TKey>
        where TRow : class
    {
        if (_batch.Assumes)
            _batch.Of(table).Assume(key, row);
        else
            _batch.Of(table).Need(key);
    }
}

/// <summary>The rows as one piece of work sees them: as committed, with the changes of work decided before it in the same batch, and its own.</summary>
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

    public void Insert<TKey, TRow>(Table<TKey, TRow> table, TRow row)
        where TKey : struct, IEquatable<TKey>
        where TRow : class => Change(table, table.KeyOf(row), row, RowChange.Insert);

    /// <summary>Replaces a row that was needed or held, or inserted by this work. Returns it as it is written: with its next version.</summary>
    public TRow Update<TKey, TRow>(Table<TKey, TRow> table, TRow row)
        where TKey : struct, IEquatable<TKey>
        where TRow : class
    {
        var key = table.KeyOf(row);
        var next = _batch.Of(table).Next(key, row);
        Change(table, key, next, RowChange.Update);
        return next;
    }

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
