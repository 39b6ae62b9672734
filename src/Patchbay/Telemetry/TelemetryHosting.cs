using Patchbay.Server.Composition;

namespace Patchbay.Telemetry;

/// <summary>Adds traces and metrics to the hub.</summary>
internal static class TelemetryHosting
{
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PrometheusReader>();
        services.AddSingleton<AttemptMetrics>();
        services.AddSingleton(provider => new TelemetryProviders(
            provider.GetRequiredService<PrometheusReader>(), provider.GetRequiredService<HubOptions>().Node,
            exports: !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])));
        services.AddHostedService<TelemetryService>();
    }

    /// <summary>What Prometheus scrapes. Open like the health checks: no label tells of a tenant.</summary>
    public static void MapMetrics(this WebApplication app) =>
        app.MapGet("/metrics", (PrometheusReader metrics) => Results.Text(metrics.Scrape(), PrometheusReader.ContentType)).ExcludeFromDescription();
}
