using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Patchbay.Engine;

namespace Patchbay.Platform.Loops;

/// <summary>
/// The first thing that a stopping node does: it says at <c>/readyz</c> that it is going, and serves on until the load balancer has
/// noticed. Only then does it stop listening.
/// </summary>
public sealed partial class Draining(NodeOptions options, TimeProvider time, ILogger<Draining> logger)
    : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _over = new();

    public bool HasBegun { get; private set; }

    /// <summary>Cancelled when it stops listening: answers that would go on for ever end now.</summary>
    public CancellationToken Over => _over.Token;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        HasBegun = true;
        await DrainAsync(cancellationToken);
        await _over.CancelAsync();
    }

    public void Dispose() => _over.Dispose();

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (options.DrainDelay == TimeSpan.Zero)
            return;
        LogDraining(options.DrainDelay.TotalSeconds);
        try
        {
            await Task.Delay(options.DrainDelay, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The host will not wait any longer.
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Not ready any more; serving on for {Seconds} s until the load balancer has noticed")]
    private partial void LogDraining(double seconds);
}
