namespace Patchbay.Telemetry;

/// <summary>Starts measuring before the engine starts; sends what is left when the hub stops.</summary>
internal sealed class TelemetryService(TelemetryProviders providers, AttemptMetrics attempts) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        attempts.Start();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        providers.Flush();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
