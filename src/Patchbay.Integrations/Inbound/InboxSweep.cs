using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>Processes what is due: left over by a crash or by another node, waiting for its subject, or replayed.</summary>
public sealed class InboxSweep(Database database, InboxProcessor processor, TimeProvider time)
{
    /// <summary>
    /// A node that claimed and then died delays a webhook by this. Should two process the same one, the second changes nothing.
    /// </summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private readonly DueRows<InboxKey, InboxEntry> _due = new(InboxTable.Instance, "next_at", database, time);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<InboxKey> due;
        do
        {
            due = await _due.ClaimAsync("tenant_id, integration_id, dedupe_key", InboxTable.ReadKey, Lease, cancellationToken);
            await Parallel.ForEachAsync(
                due, new ParallelOptions { MaxDegreeOfParallelism = InboxQueue.Workers, CancellationToken = cancellationToken },
                async (key, stop) => await processor.ProcessAsync(key, stop));
        }
        while (due.Count == _due.Batch);
    }
}
