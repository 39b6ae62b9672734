namespace Patchbay.Storage;

/// <summary>Collects the rows that work needs.</summary>
public sealed class LedgerNeeds
{
    private readonly LedgerBatch _batch;

    internal LedgerNeeds(LedgerBatch batch) => _batch = batch;

    /// <summary>A row that is locked and read before the work decides; it need not exist.</summary>
    public void Row<TKey, TRow>(Table<TKey, TRow> table, TKey key)
        where TKey : struct, IEquatable<TKey>
        where TRow : class => _batch.Of(table).Need(key);

    /// <summary>
    /// A row, and what is needed besides depends on it: named once it is locked and read. Such rows are locked late, out of the common
    /// order, so what is named there must be rows that nobody locks without having locked this one; else two nodes could wait for each
    /// other.
    /// </summary>
    /// <param name="then">
    /// Pure; null when there is no such row. It sees the row as committed, without the changes of work before it in the batch.
    /// </param>
    public void Row<TKey, TRow>(Table<TKey, TRow> table, TKey key, Action<LedgerNeeds, TRow?> then)
        where TKey : struct, IEquatable<TKey>
        where TRow : class
    {
        Row(table, key);
        _batch.AfterLoading(() => then(this, _batch.Of(table).Find(key)));
    }

    /// <summary>
    /// A row as this process knows it, of a table with a version. It is not read again: should somebody have changed it meanwhile, the
    /// write finds out, and the work decides once more over the row as it is. A row that the work does not write is not compared.
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
