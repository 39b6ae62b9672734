using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.CoyoteTests;

/// <summary>Two nodes watch each other while time goes on.</summary>
internal static class MembershipScenarios
{
    private static readonly NodeOptions Options = new() { Heartbeat = TimeSpan.FromSeconds(2), Timeout = TimeSpan.FromSeconds(8) };

    /// <summary>Both send heartbeats, while the clock makes steps that may come between any two statements.</summary>
    public static async Task TwoNodesBeat()
    {
        await using var scratch = await ScratchDatabase.CreateAsync();
        var database = scratch.Database;
        var time = new SteppedTime();
        var ids = new IdGenerator(TimeProvider.System);
        var (ada, bob) = (new Membership(database, ids, Options, time), new Membership(database, ids, Options, time));
        await ada.JoinAsync(CancellationToken.None);
        await bob.JoinAsync(CancellationToken.None);
        // A second node on a file declares the first dead; on a shared database it does not.
        await database.ExecuteAsync("UPDATE nodes SET dead_at = NULL", new { }, CancellationToken.None);

        await Task.WhenAll(
            Task.Run(() => BeatAsync(ada)), Task.Run(() => BeatAsync(bob)), Task.Run(() => PassAsync(time)),
            Task.Run(() => WatchAsync(database, ada)), Task.Run(() => WatchAsync(database, bob)));
    }

    private static async Task BeatAsync(Membership node)
    {
        for (var beats = 0; beats < 2; beats++)
            await node.HeartbeatAsync(CancellationToken.None);
    }

    private static async Task PassAsync(SteppedTime time)
    {
        for (var steps = 0; steps < 4; steps++)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }
    }

    private static async Task WatchAsync(Database database, Membership node)
    {
        for (var looks = 0; looks < 2; looks++)
        {
            var dead = await database.QueryAsync(
                "SELECT id FROM nodes WHERE dead_at IS NOT NULL LIMIT 10", new { }, row => row.Id<NodeId>("id"), CancellationToken.None);
            BrokenPromiseException.Unless(!dead.Contains(node.Self) || !node.IsConfirmed, "A node that was declared dead does not act.");
        }
    }
}
