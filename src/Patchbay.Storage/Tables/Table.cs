namespace Patchbay.Storage;

/// <summary>
/// A table that ledger work reads under lock and writes in bulk. A derived class, generated for a record with
/// <see cref="LedgerTableAttribute"/>, declares the columns; the statements of both databases follow from that. Rows are immutable records:
/// work makes changed copies.
/// </summary>
/// <param name="keyOf">The key of a row.</param>
public abstract class Table<TKey, TRow>(string name, Func<TRow, TKey> keyOf) : ITable
    where TKey : struct, IEquatable<TKey>
    where TRow : class
{
    private readonly List<Column<TKey, TRow>> _columns = [];
    private TableStatements<TKey, TRow>? _statements;

    public string Name { get; } = name;

    internal IReadOnlyList<Column<TKey, TRow>> Columns => _columns;

    /// <summary>How to read and replace the version; null for tables without.</summary>
    internal (Func<TRow, int> Of, Func<TRow, int, TRow> With)? Versions { get; private set; }

    internal TableStatements<TKey, TRow> Statements => _statements ??= new TableStatements<TKey, TRow>(this);

    /// <summary>Reads a locked row: every column but those declared <see cref="InsertOnly"/>.</summary>
    public abstract TRow Read(Row row);

    /// <summary>Reads also the columns that are declared <see cref="InsertOnly"/>.</summary>
    public virtual TRow ReadWhole(Row row) => Read(row);

    public TKey KeyOf(TRow row) => keyOf(row);

    ITableBatch ITable.NewBatch() => new TableBatch<TKey, TRow>(this);

    /// <summary>A part of the primary key, in the order of declaration.</summary>
    protected void Key<TValue>(string column, Func<TKey, TValue> value) =>
        _columns.Add(new Column<TKey, TRow, TValue>(column, row => value(keyOf(row)), value) { Role = ColumnRole.Key });

    /// <summary>Written when the row is inserted, and never again.</summary>
    protected void Fixed<TValue>(string column, Func<TRow, TValue> value) =>
        _columns.Add(new Column<TKey, TRow, TValue>(column, value, null) { Role = ColumnRole.Fixed });

    /// <summary>As <see cref="Fixed"/>, and not read with a locked row: for what is large and that no decision needs.</summary>
    protected void InsertOnly<TValue>(string column, Func<TRow, TValue> value) =>
        _columns.Add(new Column<TKey, TRow, TValue>(column, value, null) { Role = ColumnRole.InsertOnly });

    /// <summary>
    /// A count of the row's changes, 0 when it is inserted. It lets work hold a row that it knows (<see cref="LedgerNeeds.Held"/>): a write
    /// finds out whether somebody else was faster. Statements outside the ledger that change such a row must count, too.
    /// </summary>
    protected void Version(string column, Func<TRow, int> value, Func<TRow, int, TRow> with)
    {
        _columns.Add(new Column<TKey, TRow, int>(column, value, null) { Role = ColumnRole.Version });
        Versions = (value, with);
    }

    /// <summary>Written again with every update, changed or not.</summary>
    protected void Mutable<TValue>(string column, Func<TRow, TValue> value) =>
        _columns.Add(new Column<TKey, TRow, TValue>(column, value, null) { Role = ColumnRole.Mutable });
}
