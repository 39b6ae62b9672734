using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Patchbay.Engine;
using Patchbay.Telemetry;

namespace Patchbay.Tests.Telemetry;

/// <summary>A web application with the hub's telemetry and little else; keeps the spans that would be exported.</summary>
internal sealed class MeasuredApp : IAsyncDisposable
{
    /// <summary>Spans and measurements are the whole process's: those of two tests at once would be mixed.</summary>
    public const string OneAtATime = "one measured app at a time";

    private readonly WebApplication _app;
    private readonly Spans _spans;

    private MeasuredApp(WebApplication app, Spans spans) =>
        (_app, _spans, Http) = (app, spans, new HttpClient { BaseAddress = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) });

    public HttpClient Http { get; }

    /// <summary>Of requests that came in and have been answered.</summary>
    public IReadOnlyList<Activity> Requests => [.. _spans.Ended.ToArray().Where(span => span.Kind == ActivityKind.Server)];

    /// <summary>Of calls that were made, and have ended.</summary>
    public IReadOnlyList<Activity> Calls => [.. _spans.Ended.ToArray().Where(span => span.Kind == ActivityKind.Client)];

    /// <param name="map">Its endpoints.</param>
    public static async Task<MeasuredApp> StartAsync(Action<WebApplication> map, CancellationToken cancellationToken)
    {
        var spans = new Spans();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")]);
        builder.Services.AddTelemetry(builder.Configuration, new NodeOptions());
        builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(spans));
        var app = builder.Build();
        app.MapMetrics();
        app.MapGet("/healthz", () => "ok");
        map(app);
        await app.StartAsync(cancellationToken);
        return new MeasuredApp(app, spans);
    }

    public Task<string> ScrapeAsync(CancellationToken cancellationToken) =>
        Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class Spans : BaseProcessor<Activity>
    {
        public System.Collections.Concurrent.ConcurrentQueue<Activity> Ended { get; } = [];

        public override void OnEnd(Activity data) => Ended.Enqueue(data);
    }
}
