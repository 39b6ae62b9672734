namespace Patchbay.Storage;

/// <summary>What a batch of ledger work knows and changes of one table. One instance a batch.</summary>
internal interface ITableBatch
{
    string Name { get; }

    bool NeedsRows { get; }

    bool HasChanges { get; }

    Task LoadAsync(ITableTransaction transaction, CancellationToken cancellationToken);

    Task SaveAsync(ITableTransaction transaction, CancellationToken cancellationToken);
}
