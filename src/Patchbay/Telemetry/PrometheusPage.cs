using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace Patchbay.Telemetry;

/// <summary>
/// One page of Prometheus' text format. A name is OpenTelemetry's with underscores, then the unit in words, then <c>_total</c> for counters.
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/.
/// </summary>
internal sealed class PrometheusPage
{
    private readonly StringBuilder _text = new();

    public void Add(Metric metric)
    {
        if (metric.MetricType is MetricType.ExponentialHistogram)
            return;   // has no form in this format
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var isHistogram = metric.MetricType is MetricType.Histogram;
        var name = Name(metric.Name) + Unit(metric.Unit) + (isCounter ? "_total" : "");
        _text.Append("# HELP ").Append(name).Append(' ').Append(metric.Description.Replace(@"\", @"\\", StringComparison.Ordinal).ReplaceLineEndings(@"\n")).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(isHistogram ? " histogram\n" : isCounter ? " counter\n" : " gauge\n");
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point);
            if (isHistogram)
                AddHistogram(name, labels, point);
            else
                Line(name, labels, Value(metric.MetricType, point));
        }
    }

    public override string ToString() => _text.ToString();

    private void AddHistogram(string name, string labels, in MetricPoint point)
    {
        long upTo = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            upTo += bucket.BucketCount;
            var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString("R", CultureInfo.InvariantCulture);
            Line(name + "_bucket", Join(labels, $"le=\"{bound}\""), upTo);
        }

        Line(name + "_sum", labels, point.GetHistogramSum());
        Line(name + "_count", labels, point.GetHistogramCount());
    }

    private void Line(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
            _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static double Value(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };

    private static string Labels(in MetricPoint point)
    {
        var labels = "";
        foreach (var (key, value) in point.Tags)
            labels = Join(labels, $"{Name(key)}=\"{Escaped(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}\"");
        return labels;
    }

    private static string Join(string labels, string more) => labels.Length == 0 ? more : labels + "," + more;

    private static string Escaped(string value) => value
        .Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string Name(string name) => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));

    private static string Unit(string unit) => unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
