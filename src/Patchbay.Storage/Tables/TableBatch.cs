namespace Patchbay.Storage;

/// <summary>The rows of one table in one batch: those read, those assumed, and what becomes of them.</summary>
internal sealed class TableBatch<TKey, TRow>(Table<TKey, TRow> table) : ITableBatch
    where TKey : struct, IEquatable<TKey>
    where TRow : class
{
    private readonly TableStatements<TKey, TRow> _statements = table.Statements;
    private readonly HashSet<TKey> _needed = [];
    private readonly List<TKey> _unread = [];
    private readonly Dictionary<TKey, Entry> _rows = [];
    private List<TRow>? _inserted;
    private bool _changed;

    public string Name => table.Name;

    public bool NeedsRows => _unread.Count > 0;

    public bool HasChanges => _changed;

    public void Need(TKey key)
    {
        if (_needed.Add(key))
            _unread.Add(key);
    }

    /// <summary>Goes by a row as its owner knows it; null: by there being none. What is needed is read all the same.</summary>
    public void Assume(TKey key, TRow? row) => _rows.TryAdd(key, new Entry(row, RowChange.None, VersionOf(row)));

    /// <summary>Null when there is no such row. The key must have been needed, or the row written in this batch.</summary>
    public TRow? Find(TKey key)
    {
        if (_rows.TryGetValue(key, out var entry))
            return entry.Row;
        return _needed.Contains(key)
            ? null
            : throw new InvalidOperationException($"Ledger work read a row of {Name} that it did not need first.");
    }

    /// <summary>The row as an update will write it: its version is one more than that of the row in the database.</summary>
    public TRow Next(TKey key, TRow row) =>
        table.Versions is { } versions && _rows.TryGetValue(key, out var entry) && entry.Change != RowChange.Insert
            ? versions.With(row, entry.Version + 1)
            : row;

    public void Write(TKey key, TRow? row, RowChange change)
    {
        _changed = true;
        if (change == RowChange.Insert && !_needed.Contains(key) && !_rows.ContainsKey(key))
        {
            (_inserted ??= []).Add(row!);   // never read again in this batch unless needed: skip the dictionary
            return;
        }

        if (change == RowChange.Delete && _inserted?.RemoveAll(inserted => table.KeyOf(inserted).Equals(key)) > 0)
            return;
        var present = _rows.GetValueOrDefault(key);
        if (change == RowChange.Insert && present.Row is not null)
            (_inserted ??= []).Add(row!);   // there is such a row: the database refuses it
        else
            _rows[key] = new Entry(row, Combine(present.Change, change), present.Version);
    }

    public async Task LoadAsync(ITableTransaction transaction, CancellationToken cancellationToken)
    {
        TKey[] keys = [.. _unread];
        _unread.Clear();
        foreach (var key in keys)
            _rows.Remove(key);   // what was assumed of it gives way to what is so
        foreach (var row in await transaction.SelectAsync(table, _statements, keys, cancellationToken))
            _rows[table.KeyOf(row)] = new Entry(row, RowChange.None, VersionOf(row));
    }

    public async Task SaveAsync(ITableTransaction transaction, CancellationToken cancellationToken)
    {
        var deleted = Changed(RowChange.Delete).Concat(Changed(RowChange.Replace)).Select(pair => pair.Key).ToArray();
        if (deleted.Length > 0)
            await transaction.DeleteAsync(_statements, deleted, cancellationToken);
        var inserted = Changed(RowChange.Insert).Concat(Changed(RowChange.Replace)).Select(pair => pair.Value.Row!).ToList();
        if (_inserted is not null)
            inserted.AddRange(_inserted);
        if (inserted.Count > 0)
            await transaction.InsertAsync(_statements, inserted, cancellationToken);
        var updated = Changed(RowChange.Update).Select(pair => pair.Value.Row!).ToArray();
        if (updated.Length > 0)
            await transaction.UpdateAsync(_statements, updated, cancellationToken);
    }

    private IEnumerable<KeyValuePair<TKey, Entry>> Changed(RowChange change) => _rows.Where(pair => pair.Value.Change == change);

    /// <summary>What two changes of one row, one after the other, come to.</summary>
    private static RowChange Combine(RowChange first, RowChange second) => (first, second) switch
    {
        (RowChange.Insert, RowChange.Update) => RowChange.Insert,
        (RowChange.Insert, RowChange.Delete) => RowChange.None,
        (RowChange.Delete, RowChange.Insert) or (RowChange.Replace, RowChange.Update) => RowChange.Replace,
        (RowChange.Delete, RowChange.Update) => RowChange.Delete,   // nothing is there to be updated
        _ => second,
    };

    private int VersionOf(TRow? row) => row is not null && table.Versions is { } versions ? versions.Of(row) : 0;

    /// <param name="Version">Of the row in the database.</param>
    private readonly record struct Entry(TRow? Row, RowChange Change, int Version);
}
