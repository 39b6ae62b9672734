using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// Which nodes live, by rows they renew on the database's clock. A node that was silent too long is declared dead by any other; should it
/// still run, it finds out at its next heartbeat and must give up everything it holds.
/// </summary>
/// <param name="clock">Learns the shared database's clock; null: nobody needs it.</param>
public sealed class Membership(Database database, IdGenerator ids, NodeOptions options, TimeProvider time, SharedTime? clock = null)
{
    private long _confirmedAt;

    /// <summary>This node; changes when it rejoins after having been declared dead.</summary>
    public NodeId Self { get; private set; } = ids.New<NodeId>();

    /// <summary>Nodes alive at the last heartbeat, this one included; at least 1.</summary>
    public int LiveNodes => Math.Max(1, Live.Count);

    /// <summary>These nodes, in the order of their ids; none before the first heartbeat.</summary>
    public IReadOnlyList<NodeId> Live { get; private set; } = [];

    /// <summary>True while no other node can have declared this one dead: only then may it call out.</summary>
    public bool IsConfirmed => time.GetElapsedTime(_confirmedAt) < options.Timeout;

    /// <summary>How far this machine's clock is ahead of the shared database's.</summary>
    public TimeSpan ClockIsAhead => clock?.MachineIsAhead ?? TimeSpan.Zero;

    /// <summary>Enters under a new id. On a database that cannot be shared, whoever was there before is dead.</summary>
    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        using var limit = Limit(cancellationToken);
        cancellationToken = limit.Token;
        var self = ids.New<NodeId>();
        var started = time.GetTimestamp();
        await using var write = await database.Reserved.BeginWriteAsync(cancellationToken);
        await LearnTimeAsync(write, cancellationToken);
        if (!database.CanBeShared)
            await database.ExecuteAsync(write, $"UPDATE nodes SET dead_at = {Now} WHERE dead_at IS NULL", Clock(), cancellationToken);
        await database.ExecuteAsync(
            write, $"INSERT INTO nodes (id, name, started_at, seen_at) VALUES (@Self, @Name, {Now}, {Now})",
            Clock(("Self", self.Value), ("Name", options.Name)), cancellationToken);
        await write.CommitAsync(cancellationToken);
        Self = self;   // not before its row is there: nothing must be leased to a node that nobody knows
        _confirmedAt = started;
    }

    /// <summary>Renews this node's row and declares silent nodes dead. False when this node itself has been declared dead.</summary>
    public async Task<bool> HeartbeatAsync(CancellationToken cancellationToken)
    {
        using var limit = Limit(cancellationToken);
        cancellationToken = limit.Token;
        var started = time.GetTimestamp();
        await using var write = await database.Reserved.BeginWriteAsync(cancellationToken);
        await LearnTimeAsync(write, cancellationToken);
        var renewed = await database.ExecuteAsync(
            write, $"UPDATE nodes SET seen_at = {Now} WHERE id = @Self AND dead_at IS NULL", Clock(("Self", Self.Value)),
            cancellationToken);
        if (renewed == 0)
            return false;
        await database.ExecuteAsync(
            write, $"UPDATE nodes SET dead_at = {Now} WHERE dead_at IS NULL AND seen_at < {Before}",
            Clock(("Timeout", options.Timeout.TotalSeconds)), cancellationToken);
        var live = await database.QueryAsync(
            write, "SELECT id FROM nodes WHERE dead_at IS NULL ORDER BY id LIMIT 1000", new { },
            row => row.Id<NodeId>("id"), cancellationToken);
        await write.CommitAsync(cancellationToken);
        Live = live;
        _confirmedAt = started;
        return true;
    }

    /// <summary>Leaves in order: nobody has to wait for the silence.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync($"UPDATE nodes SET dead_at = {Now} WHERE id = @Self", Clock(("Self", Self.Value)), cancellationToken);

    /// <summary>Dead nodes that are not forgotten yet.</summary>
    public Task<IReadOnlyList<NodeId>> DeadAsync(CancellationToken cancellationToken) =>
        database.QueryAsync(
            "SELECT id FROM nodes WHERE dead_at IS NOT NULL ORDER BY dead_at LIMIT 100", new { },
            row => row.Id<NodeId>("id"), cancellationToken);

    /// <summary>Forgets a dead node that holds nothing any more.</summary>
    public Task ForgetAsync(NodeId node, CancellationToken cancellationToken) =>
        database.ExecuteAsync("DELETE FROM nodes WHERE id = @node AND dead_at IS NOT NULL", new { node }, cancellationToken);

    /// <summary>A network that swallows packets gives no answer at all: better to try again on a new connection.</summary>
    private CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        return limit;
    }

    private async Task LearnTimeAsync(WriteTransaction write, CancellationToken cancellationToken)
    {
        if (clock is null || !database.CanBeShared)
            return;
        var asked = clock.GetTimestamp();
        var now = await database.QueryAsync(write, "SELECT clock_timestamp() AS now", new { }, row => row.Time("now"), cancellationToken);
        clock.Learn(now[0], asked, clock.GetTimestamp());
    }

    // PostgreSQL nodes may disagree about the time, so its clock decides; a SQLite file has one process and that process's clock.
    private string Now => database.CanBeShared ? "clock_timestamp()" : "@Now";

    private string Before => database.CanBeShared ? "clock_timestamp() - make_interval(secs => @Timeout)" : "@Now - @Timeout * 1000000";

    private Dictionary<string, object?> Clock(params (string Name, object? Value)[] values)
    {
        var parameters = values.ToDictionary(pair => pair.Name, pair => pair.Value);
        if (!database.CanBeShared)
            parameters.Add("Now", time.GetUtcNow());
        return parameters;
    }
}
