namespace Patchbay.Storage;

/// <summary>The tables that one batch of work touches, in the order of their names: every node locks in the same order.</summary>
/// <param name="assumes">
/// Whether work may go by what it believes to know of rows; otherwise they are locked and read like any other.
/// </param>
internal sealed class LedgerBatch(bool assumes)
{
    public bool Assumes => assumes;

    private readonly SortedList<string, ITableBatch> _tables = new(StringComparer.Ordinal);
    private List<Action>? _afterLoading;

    /// <summary>Those with needed rows that were not read yet.</summary>
    public IReadOnlyList<ITableBatch> Needed => _tables.Values.Where(table => table.NeedsRows).ToArray();

    public IEnumerable<ITableBatch> Changed => _tables.Values.Where(table => table.HasChanges);

    public void AfterLoading(Action then) => (_afterLoading ??= []).Add(then);

    /// <summary>Lets work name what depends on rows that are read by now.</summary>
    public void Loaded()
    {
        if (_afterLoading is not { } waiting)
            return;
        _afterLoading = null;
        foreach (var then in waiting)
            then();
    }

    public TableBatch<TKey, TRow> Of<TKey, TRow>(Table<TKey, TRow> table)
        where TKey : struct, IEquatable<TKey>
        where TRow : class
    {
        if (!_tables.TryGetValue(table.Name, out var batch))
            _tables.Add(table.Name, batch = ((ITable)table).NewBatch());
        return (TableBatch<TKey, TRow>)batch;
    }
}
