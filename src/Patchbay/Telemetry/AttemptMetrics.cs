using System.Diagnostics;
using System.Diagnostics.Metrics;
using Patchbay.Platform.ShardNames;

namespace Patchbay.Telemetry;

/// <summary>Counts and times the engine's attempts, from the spans it makes anyway, whether or not they are exported.</summary>
internal sealed class AttemptMetrics : IDisposable
{
    private static readonly InstrumentAdvice<double> Buckets =
        new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };

    private readonly Meter _meter = new("Patchbay.Engine");
    private readonly Histogram<double> _duration;
    private readonly ActivityListener _listener;

    public AttemptMetrics()
    {
        _duration = _meter.CreateHistogram<double>(
            "patchbay.delivery.attempt.duration", "s", "Attempts at deliveries, from preparing the call to its record being committed.",
            advice: Buckets);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Patchbay.Engine",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            // data, without asking exporters to record
            SampleUsingParentId = (ref ActivityCreationOptions<string> _) => ActivitySamplingResult.AllData,
            ActivityStarted = attempt => attempt.SetTag("patchbay.shard", ShardName.Current),   // null sets none
            ActivityStopped = Record,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    private void Record(Activity attempt)
    {
        if (attempt.OperationName == "delivery.attempt" && attempt.GetTagItem("delivery.outcome") is { } outcome)
        {
            var tags = new TagList { { "capability", attempt.GetTagItem("delivery.capability") }, { "outcome", outcome },
                { "step", attempt.GetTagItem("delivery.step") } };
            ShardName.Label(ref tags);
            _duration.Record(attempt.Duration.TotalSeconds, tags);
        }
    }
}
