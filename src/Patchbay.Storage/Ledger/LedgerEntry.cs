namespace Patchbay.Storage;

/// <summary>A piece of work waiting in the ledger, and the caller waiting for its commit.</summary>
internal abstract class LedgerEntry
{
    public abstract void Need(LedgerNeeds needs);

    /// <summary>Decides; remembers a thrown exception instead of letting it end the batch.</summary>
    public abstract void Decide(LedgerBatch batch);

    /// <summary>Tells the caller, after the commit.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

internal sealed class LedgerEntry<TResult>(LedgerWork<TResult> work) : LedgerEntry
{
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult? _result;
    private Exception? _refused;

    public Task<TResult> Done => _done.Task;

    public override void Need(LedgerNeeds needs) => work.Need(needs);

    public override void Decide(LedgerBatch batch)
    {
        _refused = null;
        var rows = new LedgerRows(batch, work.TraceParent);
        try
        {
            _result = work.Decide(rows);
            rows.Apply();
        }
        catch (Exception exception)
        {
            _refused = exception;
        }
    }

    public override void Complete()
    {
        if (_refused is not null)
            _done.TrySetException(_refused);
        else
            _done.TrySetResult(_result!);
    }

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
