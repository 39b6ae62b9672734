using System.Data.Common;

namespace Patchbay.Storage;

/// <summary>A running write transaction; rolled back unless <see cref="CommitAsync"/> was called.</summary>
public sealed class WriteTransaction(DbConnection connection, DbTransaction transaction, Action released) : IAsyncDisposable
{
    public DbConnection Connection { get; } = connection;

    public DbTransaction Transaction { get; } = transaction;

    public Task CommitAsync(CancellationToken cancellationToken) => Transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Transaction.DisposeAsync();
            await Connection.DisposeAsync();
        }
        finally
        {
            released();
        }
    }
}
