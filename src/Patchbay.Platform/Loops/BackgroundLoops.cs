using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Patchbay.Engine;

namespace Patchbay.Platform.Loops;

/// <summary>Work that is looked at again and again while the hub runs.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Pause">Between the end of one round and the begin of the next.</param>
public sealed record BackgroundLoop(string Name, TimeSpan Pause, Func<CancellationToken, Task> Round);

public static class BackgroundLoopRegistration
{
    public static IServiceCollection AddLoop<T>(
        this IServiceCollection services, string name, TimeSpan pause, Func<T, Func<CancellationToken, Task>> round)
        where T : notnull =>
        services.AddSingleton(provider => new BackgroundLoop(name, pause, round(provider.GetRequiredService<T>())));
}

/// <summary>Runs all loops; one that fails is logged and goes on.</summary>
public sealed partial class BackgroundLoops(
    IEnumerable<BackgroundLoop> loops, DatabaseOutage outage, TimeProvider time, ILogger<BackgroundLoops> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(loops.Select(loop => RunAsync(loop, stoppingToken)));

    private async Task RunAsync(BackgroundLoop loop, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(loop.Pause, time, cancellationToken);
                await loop.Round(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (!outage.Explains(exception))
                    LogFailed(exception, loop.Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The loop for {Loop} failed; it goes on")]
    private partial void LogFailed(Exception exception, string loop);
}
