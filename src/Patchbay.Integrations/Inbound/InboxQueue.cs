using Microsoft.Extensions.Hosting;
using Patchbay.Engine;

namespace Patchbay.Integrations.Inbound;

/// <summary>
/// Processes what this node has just stored, from memory, tenant by tenant. When a tenant has too much there, or the node stops, the
/// database has it all the same.
/// </summary>
public sealed class InboxQueue(InboxProcessor processor) : BackgroundService
{
    public const int Workers = 8;

    private const int MostOfATenant = 1_000;

    private readonly Lock _gate = new();
    private readonly TenantTurns<InboxKey> _stored = new();
    private readonly SemaphoreSlim _some = new(0);

    public void Offer(InboxKey key)
    {
        lock (_gate)
        {
            if (_stored.CountOf(key.Tenant) >= MostOfATenant)
                return;
            _stored.Add(key.Tenant, key);
        }

        _some.Release();
    }

    public override void Dispose()
    {
        _some.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), CancellationToken.None)));

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await _some.WaitAsync(cancellationToken);
                await processor.ProcessAsync(Next(), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private InboxKey Next()
    {
        lock (_gate)
            return _stored.TryTake(out var key) ? key : throw new InvalidOperationException("There is one for each release.");
    }
}
