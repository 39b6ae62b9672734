using OpenTelemetry.Metrics;
using Patchbay.Integrations.Catalog;
using Patchbay.Platform.Features;
using Patchbay.Server.Composition;
using Patchbay.Telemetry;

namespace Patchbay.Hosting;

/// <summary>The hub as a web application: what <c>serve</c> runs and the demo runs beside its sandbox.</summary>
internal static class HubApplication
{
    /// <param name="urls">Null: as ASPNETCORE_URLS and appsettings.json say.</param>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static WebApplication Build(
        string? urls, IReadOnlyDictionary<string, string?> settings, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder();
        HubSettings.Configure(builder.Configuration, settings);
        if (urls is not null)
            builder.WebHost.UseUrls(urls);
        ListenAddresses.Check(urls ?? builder.Configuration["urls"] ?? "");
        if (string.Equals(builder.Configuration["FORWARDEDHEADERS_ENABLED"], "true", StringComparison.OrdinalIgnoreCase))
            throw new SettingsException(
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED trusts everybody: name your proxies in Patchbay:TrustedProxies.");
        builder.WebHost.UseSockets(
            sockets => sockets.UnsafePreferInlineScheduling = true);   // one hop of threads less a request; no handler blocks for long
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var options = HubSettings.Read(builder.Configuration);
        builder.Logging.AddLogLines();
        builder.Services.AddHub(options);
        builder.Services.AddTelemetry(builder.Configuration, options.Node);
        configure?.Invoke(builder);
        WebApplication? app = null;
        // What fails before the hub is up ends the process with a line of its own; the host would tell it first, with its stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host",
            level => level >= LogLevel.Information && app?.Lifetime.ApplicationStarted.IsCancellationRequested == true);
        app = builder.Build();
        Ahead(() => app.Services.GetService<MeterProvider>());
        Ahead(() => app.Services.GetService<ProviderCatalog>());
        app.MapHub();
        app.MapMetrics();
        Ahead(() => ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).Count());
        return app;
    }

    /// <summary>
    /// Runs it until it is stopped. Who stops it in the middle of its start gets the same end as later: what has begun is stopped in order.
    /// </summary>
    public static async Task ServeAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // What was cut off is done by the next start.
        }

        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>Work that the start comes to later, done beside it on another core: it asks again, and meets what is wrong then.</summary>
    private static void Ahead<T>(Func<T> work) => _ = Task.Run(work);
}
