using System.Diagnostics.Metrics;
using Patchbay.Engine;
using Patchbay.Platform.Features;
using Patchbay.Platform.ShardNames;

namespace Patchbay.Integrations.Deliveries;

/// <summary>The metric of what was done and waits to be recorded, because the database is away or refuses it.</summary>
internal sealed class WaitingRecords(IMeterFactory meters, DatabaseOutage outage) : IAtStart
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var shard = new KeyValuePair<string, object?>("shard", ShardName.Current);
        meters.Create("Patchbay.Hub").CreateObservableGauge(
            "patchbay.records.waiting", () => new Measurement<int>(outage.WaitingRecords, shard),
            description: "calls that were made and wait to be recorded");
        return Task.CompletedTask;
    }
}
