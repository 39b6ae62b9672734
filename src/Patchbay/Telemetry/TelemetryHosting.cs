using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Patchbay.Engine;

namespace Patchbay.Telemetry;

/// <summary>Adds traces and metrics to the hub: what the framework, the drivers and the engine report.</summary>
internal static class TelemetryHosting
{
    private static readonly string[] Unmeasured = ["/healthz", "/readyz", "/metrics"];

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration, NodeOptions node)
    {
        // The default one would hand the callers' baggage on to providers.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        var exports = !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var version = typeof(TelemetryHosting).Assembly.GetName().Version?.ToString(3);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("patchbay", serviceVersion: version, serviceInstanceId: node.Name)
                .AddEnvironmentVariableDetector())
            .WithMetrics(metrics => Measure(metrics, exports));
        if (exports)   // nobody else would see the traces
            telemetry.WithTracing(Trace);
    }

    /// <summary>What Prometheus scrapes. Open like the health checks: no label tells of a tenant.</summary>
    public static void MapMetrics(this WebApplication app) => app.MapPrometheusScrapingEndpoint();

    private static void Measure(MeterProviderBuilder metrics, bool exports)
    {
        metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddNpgsqlInstrumentation()
            .AddMeter("Patchbay.Engine", "Patchbay.Hub")
            .AddInstrumentation(() => new AttemptMetrics())
            .AddView(MetricViews.Of)
            .AddPrometheusExporter(page =>
            {
                page.ScopeInfoEnabled = false;   // a name tells its meter
                page.TargetInfoEnabled = false;
                page.ScrapeResponseCacheDurationMilliseconds = 0;
            });
        if (exports)
            metrics.AddOtlpExporter();
    }

    private static void Trace(TracerProviderBuilder traces) => traces
        .AddAspNetCoreInstrumentation(
            requests => requests.Filter = context => !Unmeasured.Contains(context.Request.Path.Value, StringComparer.OrdinalIgnoreCase))
        .AddHttpClientInstrumentation().AddNpgsql().AddSource("Patchbay.Engine")
        .AddProcessor(new SpanRedaction())   // before the exporter, which gets what this leaves
        .AddOtlpExporter();
}
