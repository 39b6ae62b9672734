using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Patchbay.Storage;

/// <summary>A running write transaction; rolled back unless <see cref="CommitAsync"/> was called.</summary>
public sealed class WriteTransaction(DbConnection connection, DbTransaction transaction, Action released) : IAsyncDisposable
{
    public DbConnection Connection { get; } = connection;

    public DbTransaction Transaction { get; } = transaction;

    /// <summary>On the disk when the task ends. What follows in this transaction is an error.</summary>
    public Task CommitAsync(CancellationToken cancellationToken) => Transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Transaction is SqliteTransaction sqlite)
                await SqliteDatabase.EndAsync(sqlite);
            else
                await Transaction.DisposeAsync();
            await Connection.DisposeAsync();
        }
        finally
        {
            released();
        }
    }
}
