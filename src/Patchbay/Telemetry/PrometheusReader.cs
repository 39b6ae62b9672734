using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Patchbay.Telemetry;

/// <summary>Reads all metrics when it is asked to, and gives them as Prometheus' text format 0.0.4.</summary>
internal sealed class PrometheusReader : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const int CollectMilliseconds = 5_000;

    private readonly Lock _oneAtATime = new();
    private readonly Exporter _exporter = new();

    public PrometheusReader() =>
        Reader = new BaseExportingMetricReader(_exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };

    public BaseExportingMetricReader Reader { get; }

    public string Scrape()
    {
        lock (_oneAtATime)
        {
            _exporter.Page = new PrometheusPage();
            Reader.Collect(CollectMilliseconds);
            return _exporter.Page.ToString();
        }
    }

    public void Dispose() => Reader.Dispose();

    /// <summary>Not marked as pull-only: a reader made by hand would then collect nothing.</summary>
    private sealed class Exporter : BaseExporter<Metric>
    {
        public PrometheusPage Page { get; set; } = new();

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
                Page.Add(metric);
            return ExportResult.Success;
        }
    }
}
