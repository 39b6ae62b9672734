using System.Data.Common;

namespace Patchbay.Storage;

/// <summary>Where the ledger commits its batches. Used by one writer at a time.</summary>
internal interface ILedgerStore : IAsyncDisposable
{
    /// <summary>Begins the transaction of a batch.</summary>
    Task<ITableTransaction> BeginAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether the batch came too late for the ids that it made: a constraint of the name <c>ids_are_fresh</c> says so. With new ids it may
    /// go.
    /// </summary>
    bool CameTooLate(DbException exception);
}
