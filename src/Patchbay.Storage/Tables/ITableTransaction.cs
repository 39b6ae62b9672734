namespace Patchbay.Storage;

/// <summary>One batch's transaction: select, then write, then commit. Disposing without a commit rolls back.</summary>
internal interface ITableTransaction : IAsyncDisposable
{
    Task<IReadOnlyList<TRow>> SelectAsync<TKey, TRow>(
        Table<TKey, TRow> table, TableStatements<TKey, TRow> statements, TKey[] keys, CancellationToken cancellationToken)
        where TKey : struct, IEquatable<TKey>
        where TRow : class;

    Task InsertAsync<TKey, TRow>(TableStatements<TKey, TRow> statements, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
        where TKey : struct, IEquatable<TKey>
        where TRow : class;

    Task UpdateAsync<TKey, TRow>(TableStatements<TKey, TRow> statements, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
        where TKey : struct, IEquatable<TKey>
        where TRow : class;

    Task DeleteAsync<TKey, TRow>(TableStatements<TKey, TRow> statements, TKey[] keys, CancellationToken cancellationToken)
        where TKey : struct, IEquatable<TKey>
        where TRow : class;

    /// <exception cref="StaleRowException">A row was not updated: it is not there, or not in the version it was held in.</exception>
    Task CommitAsync(CancellationToken cancellationToken);
}
