using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace Patchbay.Integrations.Inbound;

/// <summary>
/// Processes what this node has just stored, from memory. When it is full, or the node stops, the database has it all the same.
/// </summary>
public sealed class InboxQueue(InboxProcessor processor) : BackgroundService
{
    public const int Workers = 8;

    private const int Capacity = 5_000;

    private readonly Channel<InboxKey> _stored = Channel.CreateBounded<InboxKey>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait });

    public void Offer(InboxKey key) => _stored.Writer.TryWrite(key);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), CancellationToken.None)));

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var key in _stored.Reader.ReadAllAsync(cancellationToken))
                await processor.ProcessAsync(key, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }
}
