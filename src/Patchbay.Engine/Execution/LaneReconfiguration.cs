using Microsoft.Extensions.Logging;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>Gives lanes that exist the settings of their destinations as they are now.</summary>
internal sealed partial class LaneReconfiguration(IDestinations destinations, ILogger<LaneSet> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _stopped = new();

    public Task StopAsync() => _stopped.CancelAsync();

    /// <summary>Reads the settings of a tenant's lanes again.</summary>
    /// <param name="lanes">Of that tenant.</param>
    /// <param name="nodes">By how many the limits are shared, asked anew for each lane.</param>
    public async Task RunAsync(TenantId tenant, IEnumerable<Lane> lanes, Func<int> nodes)
    {
        foreach (var lane in lanes)
        {
            await _one.WaitAsync();   // one at a time: what was read last is what is set last
            try
            {
                lane.Configure((await destinations.FindAsync(tenant, lane.Id, _stopped.Token)).SharedBy(nodes()));
            }
            catch (Exception exception) when (!_stopped.IsCancellationRequested)
            {
                LogReconfigureFailed(exception, lane.Id.Value);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            finally
            {
                _one.Release();
            }
        }
    }

    public void Dispose()
    {
        _stopped.Dispose();
        _one.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The settings of {Lane} could not be read; it keeps those it has")]
    private partial void LogReconfigureFailed(Exception exception, Guid lane);
}
