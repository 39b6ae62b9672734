using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Patchbay.Platform.Vault;

namespace Patchbay.Server.Shards;

/// <summary>
/// Starts the shards beside each other. One that cannot start is tried again and again, and the others work meanwhile; but a master key
/// that is not the databases' is nothing that passes, and ends the start.
/// </summary>
internal sealed partial class ShardHosting(ShardSet shards, TimeProvider time, ILogger<ShardHosting> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task[] _starting = [];
    private volatile bool _hasKey;   // the main shard has, and makes the first one

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _starting = [.. shards.All.Select(shard => Task.Run(() => StartAsync(shard), CancellationToken.None))];
        try
        {
            await (await Task.WhenAny(_refused.Task, Task.WhenAll(_starting)).WaitAsync(FirstPatience, time, cancellationToken));
        }
        catch (MasterKeyException)
        {
            await _stop.CancelAsync();
            throw;
        }
        catch (TimeoutException)
        {
            // It goes on in the background.
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(shards.All.Select(shard => shard.StopAsync(cancellationToken)));
    }

    public void Dispose() => _stop.Dispose();

    private async Task StartAsync(Shard shard)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await shard.StartAsync(_stop.Token);
                LogStarted(shard.Name);
                _hasKey |= shard == shards.Main;
                return;
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested)
            {
                LogNotStarted(exception, shard.Name);
                if (exception is MasterKeyException && (_hasKey || shard == shards.Main))
                    _refused.TrySetException(exception);
                await Task.Delay(Pause, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Shard {Shard} is up")]
    private partial void LogStarted(string shard);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} cannot start; it is tried again, and the others work meanwhile")]
    private partial void LogNotStarted(Exception exception, string shard);
}
