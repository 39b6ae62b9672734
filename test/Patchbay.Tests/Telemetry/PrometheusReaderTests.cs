using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Patchbay.Telemetry;

namespace Patchbay.Tests.Telemetry;

public sealed class PrometheusReaderTests : IDisposable
{
    private readonly Meter _meter = new("test.prometheus");
    private readonly PrometheusReader _reader = new();
    private readonly MeterProvider _provider;

    public PrometheusReaderTests() =>
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter("test.prometheus", "Patchbay.Engine").AddReader(_reader.Reader).Build();

    [Fact]
    public void A_counter_has_its_unit_and_total_in_its_name_and_quotes_its_labels()
    {
        var counter = _meter.CreateCounter<long>("bytes.sent", "By", "Sent\nso far");
        counter.Add(2, new KeyValuePair<string, object?>("to.whom", "a\"b\\c\nd"));
        counter.Add(3, new KeyValuePair<string, object?>("to.whom", "a\"b\\c\nd"));

        var page = _reader.Scrape();

        Assert.Contains("# HELP bytes_sent_bytes_total Sent\\nso far\n# TYPE bytes_sent_bytes_total counter\n", page, StringComparison.Ordinal);
        Assert.Contains("bytes_sent_bytes_total{to_whom=\"a\\\"b\\\\c\\nd\"} 5\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_has_running_buckets_a_sum_and_a_count()
    {
        var histogram = _meter.CreateHistogram("wait", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var value in new[] { 0.05, 0.5, 0.5, 7 })
            histogram.Record(value);

        var page = _reader.Scrape();

        Assert.Contains("wait_seconds_bucket{le=\"0.1\"} 1\nwait_seconds_bucket{le=\"1\"} 3\nwait_seconds_bucket{le=\"+Inf\"} 4\n", page, StringComparison.Ordinal);
        Assert.Contains("wait_seconds_sum 8.05\nwait_seconds_count 4\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gauge_says_what_is_and_counters_go_on_from_page_to_page()
    {
        _meter.CreateObservableGauge("level", () => 1.5);
        var counter = _meter.CreateCounter<long>("turns");
        counter.Add(1);
        _reader.Scrape();
        counter.Add(1);

        var page = _reader.Scrape();

        Assert.Contains("# TYPE level gauge\nlevel 1.5\n", page, StringComparison.Ordinal);
        Assert.Contains("turns_total 2\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_attempt_of_the_engine_is_timed_by_capability_outcome_and_step()
    {
        using var attempts = new AttemptMetrics();
        attempts.Start();
        using var engine = new ActivitySource("Patchbay.Engine");
        using (var attempt = engine.StartActivity("delivery.attempt"))
            attempt!.SetTag("delivery.capability", "send_sms").SetTag("delivery.outcome", "ok").SetTag("delivery.step", "Done");

        Assert.Contains(
            "patchbay_delivery_attempt_duration_seconds_count{capability=\"send_sms\",outcome=\"ok\",step=\"Done\"} 1\n", _reader.Scrape(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
        _meter.Dispose();
    }
}
