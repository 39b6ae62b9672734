namespace Patchbay.Storage.Tests.Ledgers;

/// <summary>Work that the ledger commits together.</summary>
internal static class OneBatch
{
    /// <summary>Keeps the ledger busy with other work until all of these wait behind it.</summary>
    public static async Task<T[]> CommitAsync<T>(Ledger ledger, Func<IEnumerable<Task<T>>> begin, CancellationToken cancellationToken)
    {
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var door = new ManualResetEventSlim();
        var first = ledger.CommitAsync(
            Work.Of(_ =>
            {
                busy.TrySetResult();
                door.Wait(cancellationToken);
            }),
            cancellationToken);
        await busy.Task;
        var all = begin().ToList();
        door.Set();
        await first;
        return await Task.WhenAll(all);
    }
}
