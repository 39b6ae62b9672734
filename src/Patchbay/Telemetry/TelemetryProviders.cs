using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Patchbay.Engine;

namespace Patchbay.Telemetry;

/// <summary>
/// OpenTelemetry over what the framework, the drivers and the engine already report; no instrumentation packages. Traces are collected only
/// when there is somewhere to send them. The exporter itself reads the OTEL_* variables.
/// </summary>
internal sealed class TelemetryProviders : IDisposable
{
    private const int FlushMilliseconds = 2_000;

    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "Patchbay.Engine"];

    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql", "Patchbay.Engine", "Patchbay.Hub",
    ];

    private readonly TracerProvider? _traces;
    private readonly MeterProvider _metrics;

    /// <param name="exports">Whether an OTLP endpoint is set.</param>
    public TelemetryProviders(PrometheusReader prometheus, NodeOptions node, bool exports)
    {
        var version = typeof(TelemetryProviders).Assembly.GetName().Version?.ToString(3);
        var resource = ResourceBuilder.CreateDefault().AddService("patchbay", serviceVersion: version, serviceInstanceId: node.Name).AddEnvironmentVariableDetector();
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddReader(prometheus.Reader);
        if (exports)
        {
            metrics.AddOtlpExporter();
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build();
        }

        _metrics = metrics.Build();
    }

    public void Flush()
    {
        _traces?.ForceFlush(FlushMilliseconds);
        _metrics.ForceFlush(FlushMilliseconds);
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics.Dispose();
    }
}
