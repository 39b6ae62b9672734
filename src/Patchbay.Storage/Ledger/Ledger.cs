using System.Data.Common;
using System.Threading.Channels;

namespace Patchbay.Storage;

/// <summary>
/// The one writer of this process. Work that arrives while a batch commits forms the next batch, so under load one disk flush serves
/// hundreds of callers, and when idle nobody waits for a batch to fill. A caller is answered only after its commit.
/// </summary>
public sealed class Ledger : IAsyncDisposable
{
    private const int MaxBatch = 500;
    private const int MaxWaiting = 20_000;
    private static readonly TimeSpan RetryFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Caution = TimeSpan.FromSeconds(1);

    private readonly Channel<LedgerEntry> _waiting = Channel.CreateBounded<LedgerEntry>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _stop = new();
    private readonly ILedgerStore _store;
    private readonly TimeProvider _time;
    private readonly Task _writer;
    private DateTimeOffset _cautiousUntil = DateTimeOffset.MinValue;
    private long _batches;
    private long _entries;

    public Ledger(Database database, TimeProvider time)
        : this(LedgerStores.Open(database), time)
    {
    }

    internal Ledger(ILedgerStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
        _writer = Task.Run(WriteAsync);
    }

    /// <summary>Batches committed and entries in them since the start: their ratio is what group commit saves.</summary>
    public (long Batches, long Entries) Committed => (Interlocked.Read(ref _batches), Interlocked.Read(ref _entries));

    /// <summary>
    /// Raised by the writer, after a commit, for each table that was written to: handlers must be quick and must not throw.
    /// </summary>
    public event Action<string>? Written;

    /// <summary>Decides and commits; the task ends after the commit, with the work's result or with what it threw.</summary>
    /// <param name="cancellationToken">Gives up waiting for a place in the queue; work that has one is not taken back.</param>
    /// <exception cref="LedgerUncertainException">The connection broke while committing: find out before doing it again.</exception>
    /// <exception cref="ObjectDisposedException">The ledger has stopped; the work was not done.</exception>
    public async Task<TResult> CommitAsync<TResult>(LedgerWork<TResult> work, CancellationToken cancellationToken)
    {
        var entry = new LedgerEntry<TResult>(work);
        try
        {
            if (!_waiting.Writer.TryWrite(entry))
                await _waiting.Writer.WriteAsync(entry, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(Ledger));
        }

        return await entry.Done;
    }

    /// <summary>Commits what is waiting, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writer;
        await _store.DisposeAsync();
        _stop.Dispose();
    }

    private async Task WriteAsync()
    {
        var entries = new List<LedgerEntry>(MaxBatch);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            entries.Clear();
            while (entries.Count < MaxBatch && _waiting.Reader.TryRead(out var entry))
                entries.Add(entry);
            await CommitAllAsync(entries);
        }
    }

    private async Task CommitAllAsync(IReadOnlyList<LedgerEntry> entries)
    {
        var failure = await TryCommitAsync(entries);
        if (failure is null)
            return;
        // When the database is away, it is away for each of them.
        if (entries.Count == 1 || failure is LedgerUncertainException || failure is DbException fault && fault.IsPassing())
        {
            foreach (var entry in entries)
                entry.Fail(failure);
            return;
        }

        // One bad row must not cost the others their commit: alone, each stands or falls by itself.
        foreach (var entry in entries)
        {
            if (await TryCommitAsync([entry]) is { } own)
                entry.Fail(own);
        }
    }

    private async Task<Exception?> TryCommitAsync(IReadOnlyList<LedgerEntry> entries)
    {
        var started = _time.GetTimestamp();
        var assumes = _time.GetUtcNow() >= _cautiousUntil;
        var late = false;
        while (true)
        {
            try
            {
                await CommitOnceAsync(entries, assumes, _stop.Token);
                return null;
            }
            catch (StaleRowException) when (assumes)
            {
                assumes = false;
            }
            catch (DbException exception) when (assumes && exception.IsDuplicate())
            {
                // Somebody repeats what was done, and may go on: reading first costs less than writing twice.
                assumes = false;
                _cautiousUntil = _time.GetUtcNow() + Caution;
            }
            catch (DbException exception) when (!late && exception.CameTooLate())
            {
                late = true;   // this node stood still, for however long: with new ids it may go
            }
            catch (DbException exception) when (exception.IsPassing() && !exception.IsFull() && _time.GetElapsedTime(started) < RetryFor)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), _time, _stop.Token);
            }
            catch (Exception exception)
            {
                return exception;
            }
        }
    }

    private async Task CommitOnceAsync(IReadOnlyList<LedgerEntry> entries, bool assumes, CancellationToken cancellationToken)
    {
        var batch = new LedgerBatch(assumes);
        var needs = new LedgerNeeds(batch);
        foreach (var entry in entries)
            entry.Need(needs);

        await using (var transaction = await _store.BeginAsync(cancellationToken))
        {
            while (batch.Needed is { Count: > 0 } needed)
            {
                foreach (var table in needed)
                    await table.LoadAsync(transaction, cancellationToken);
                batch.Loaded();
            }

            foreach (var entry in entries)
                entry.Decide(batch);
            var changed = false;
            foreach (var table in batch.Changed)
            {
                await table.SaveAsync(transaction, cancellationToken);
                changed = true;
            }

            if (changed)
                await transaction.CommitAsync(cancellationToken);
        }

        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _entries, entries.Count);
        foreach (var entry in entries)
            entry.Complete();
        foreach (var table in batch.Changed)
            Written?.Invoke(table.Name);
    }
}
