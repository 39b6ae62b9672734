namespace Patchbay.Storage;

/// <summary>Reads rows of declared tables outside the ledger.</summary>
public static class TableQueries
{
    /// <summary>The whole row of a key, or null.</summary>
    public static Task<TRow?> FindAsync<TKey, TRow>(
        this Database database, Table<TKey, TRow> table, TKey key, CancellationToken cancellationToken)
        where TKey : struct, IEquatable<TKey>
        where TRow : class
    {
        var parameters = table.Statements.Keys.Select((column, i) => KeyValuePair.Create($"p{i}", column.KeyValueOf(key))).ToDictionary();
        return database.FindAsync(table.Statements.FindOne, parameters, table.ReadWhole, cancellationToken);
    }
}
