using System.Data.Common;

namespace Patchbay.Storage;

/// <summary>Where the ledger commits its batches. Used by one writer at a time.</summary>
internal interface ILedgerStore : IAsyncDisposable
{
    /// <summary>Begins the transaction of a batch.</summary>
    Task<ILedgerTransaction> BeginAsync(CancellationToken cancellationToken);

    /// <summary>Whether a row was refused because there is one with its key.</summary>
    bool IsDuplicate(DbException exception);

    /// <summary>
    /// Whether the batch came too late for the ids that it made: a constraint of the name <c>ids_are_fresh</c> says so. With new ids it may go.
    /// </summary>
    bool CameTooLate(DbException exception);
}

/// <summary>One batch's transaction: select, then write, then commit. Disposing without a commit rolls back.</summary>
internal interface ILedgerTransaction : IAsyncDisposable
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
