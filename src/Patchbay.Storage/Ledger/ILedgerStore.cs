namespace Patchbay.Storage;

/// <summary>Where the ledger commits its batches. Used by one writer at a time.</summary>
internal interface ILedgerStore : IAsyncDisposable
{
    /// <summary>Begins the transaction of a batch.</summary>
    Task<ITableTransaction> BeginAsync(CancellationToken cancellationToken);
}
