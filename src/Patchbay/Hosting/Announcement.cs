using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Patchbay.Server.Composition;
using Patchbay.Storage;

namespace Patchbay.Hosting;

/// <summary>Says where everything is, once the hub listens.</summary>
internal sealed partial class Announcement(
    IServer server, Database database, HubOptions options, ILogger<Announcement> logger) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        foreach (var address in addresses.Select(ForPeople))
            LogListening($"{address}/api/v1", $"{address}/docs", $"{address}/readyz", $"{address}/metrics");
        LogData(database.Description, options.MasterKey is null
            ? Path.GetFullPath(options.MasterKeyFile) : "the setting Patchbay:MasterKey");
        if (options.Network.PublicUrl is null)
            LogNoPublicUrl();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        LogStopping(options.Node.StopTimeout.TotalSeconds);
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public static string ForPeople(string address) => address.TrimEnd('/')
        .Replace("://[::]", "://localhost", StringComparison.Ordinal).Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Patchbay is up. API: {Api}  reference: {Docs}  readiness: {Ready}  metrics: {Metrics}")]
    private partial void LogListening(string api, string docs, string ready, string metrics);

    [LoggerMessage(Level = LogLevel.Information, Message = "Data: {Database}  master key: {MasterKey}")]
    private partial void LogData(string database, string masterKey);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Patchbay:PublicUrl is not set: providers are given the address listened on, which they reach only from this machine")]
    private partial void LogNoPublicUrl();

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: calls on their way have up to {Seconds} s to finish")]
    private partial void LogStopping(double seconds);
}
