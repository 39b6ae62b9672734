using Patchbay.ClusterTests.Running;

namespace Patchbay.ClusterTests.Books;

/// <summary>Watches that a node which was declared dead writes nothing under the id it had.</summary>
internal sealed class FormerSelf(Shop shop, Guid id)
{
    private readonly CancellationTokenSource _stop = new();
    private Task<int> _watching = Task.FromResult(0);

    /// <summary>From now on nothing may be leased to it any more.</summary>
    public void Start() => _watching = WatchAsync();

    public async Task WroteNothingAsync(ClusterNode node, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        Assert.Equal(0, await _watching);
        var log = await node.LogAsync(cancellationToken);
        Assert.Contains("was declared dead by another node", log, StringComparison.Ordinal);
        Assert.DoesNotContain("failed unexpectedly", log, StringComparison.Ordinal);
    }

    private async Task<int> WatchAsync()
    {
        var most = 0;
        while (!_stop.IsCancellationRequested)
        {
            most = Math.Max(most, await shop.Database.LeasedAsync(id, CancellationToken.None));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }

        return most;
    }
}
