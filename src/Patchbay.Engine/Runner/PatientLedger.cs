using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// The ledger as an attempt needs it: what was done outside cannot be undone, so its record waits for the database instead of failing. It
/// gives up when this node has been silent for so long that another will find out what happened, and when the database is there and takes
/// everything but this.
/// </summary>
internal sealed class PatientLedger(Ledger ledger, Membership membership, DatabaseOutage outage, TimeProvider time, AttemptLog log)
{
    /// <summary>Before the next try, and before a delivery is claimed again that met a database which was away.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>So often a commit is refused for its content before that is believed.</summary>
    private const int Refusals = 3;

    /// <summary>The result of the work; null or false when this node gave up, and then others have the delivery.</summary>
    /// <param name="id">For the log.</param>
    /// <exception cref="UnrecordableException">A feature failed, or the database takes no such rows: no repetition cures that.</exception>
    public async Task<T?> CommitAsync<T>(LedgerWork<T> work, DeliveryId id)
    {
        try
        {
            for (var refused = 0; ;)
            {
                try
                {
                    return await ledger.CommitAsync(work, CancellationToken.None);
                }
                catch (Exception exception) when (exception is not UnrecordableException)
                {
                    outage.Waits(id.Value);
                    if (!outage.Explains(exception))
                    {
                        log.LogCommitFailed(exception, id);
                        if (++refused == Refusals && work is RecordWork { HasContent: true })
                            throw new UnrecordableException(exception);
                    }

                    await Task.Delay(Pause, time, CancellationToken.None);
                    if (!membership.IsConfirmed)
                        return default;
                }
            }
        }
        finally
        {
            outage.WaitsNoMore(id.Value);
        }
    }
}
