namespace Patchbay.Engine;

/// <summary>Takes over what nobody works on: the deliveries of dead nodes, and those of this node that it does not know of.</summary>
internal sealed class Takeovers(DueDeliveries due, DeliveryRunner runner, LaneSet lanes, Membership membership, EngineLog log)
{
    private HashSet<DeliveryKey> _strays = [];

    public async Task AdoptOrphansAsync(CancellationToken cancellationToken)
    {
        var abandoned = await due.AbandonedAsync(cancellationToken);
        foreach (var dead in (await membership.DeadAsync(cancellationToken)).Union(abandoned))
        {
            var recovered = true;
            while (recovered && await due.OrphansAsync(dead, 500, cancellationToken) is { Count: > 0 } orphans)
            {
                var results = await Task.WhenAll(orphans.Select(orphan => runner.RecoverAsync(orphan, cancellationToken)));
                recovered = results.All(result => result);
                log.LogAdopted(results.Count(result => result), dead);
            }

            if (recovered)
                await membership.ForgetAsync(dead, cancellationToken);
        }
    }

    /// <summary>
    /// Leased to this node, but not in its memory: handed over and never begun (the answer to the commit was lost, the request was given
    /// up), or an attempt that ended unexpectedly. Seen twice, it is treated like the work of a dead node.
    /// </summary>
    public async Task FindStraysAsync(CancellationToken cancellationToken)
    {
        if (!membership.IsConfirmed)
            return;
        var self = membership.Self;
        var strays = (await due.LeasedAsync(self, cancellationToken)).Where(key => !lanes.Holds(key)).ToHashSet();
        var again = strays.Where(_strays.Contains).ToList();
        _strays = strays;
        foreach (var key in again)
        {
            if (await due.LeasedAsync(key, self, cancellationToken) is { } stray && !lanes.Holds(key))
            {
                log.LogStray(stray.Id);
                await runner.RecoverAsync(stray, cancellationToken);
            }
        }
    }
}
