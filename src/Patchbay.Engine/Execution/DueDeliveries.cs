using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// Finds and leases work that waits in the database. Every query is bounded, and its cost follows what is due, not the history.
/// </summary>
public sealed class DueDeliveries(Database database, TimeProvider time)
{
    private const int MaxLanes = 10_000;

    private static readonly (string Column, DeliveryPriority Priority)[] Priorities =
        [("high", DeliveryPriority.High), ("normal", DeliveryPriority.Normal), ("low", DeliveryPriority.Low)];

    private static readonly TimeSpan Young = TimeSpan.FromDays(7);
    private static readonly TimeSpan LookForOldEvery = TimeSpan.FromSeconds(2);

    private bool _oldWaits = true;
    private long? _lookedForOldAt;

    // Hops from lane to lane through the index of waiting rows: the cost is one probe a lane and partition, however many rows wait behind
    // it.
    private static string LanesSql(string age) => $"""
        WITH RECURSIVE lanes (lane_id) AS (   -- engine scope: all tenants
            SELECT * FROM (SELECT d.lane_id FROM deliveries AS d WHERE d.due_at IS NOT NULL{age} ORDER BY d.lane_id LIMIT 1) AS first
            UNION ALL
            SELECT (SELECT d.lane_id FROM deliveries AS d
                     WHERE d.due_at IS NOT NULL{age} AND d.lane_id > l.lane_id ORDER BY d.lane_id LIMIT 1)
              FROM lanes AS l WHERE l.lane_id IS NOT NULL)
        SELECT l.lane_id,
               (SELECT d.tenant_id FROM deliveries AS d WHERE d.due_at IS NOT NULL{age} AND d.lane_id = l.lane_id LIMIT 1) AS tenant_id,
               {FirstDue(0, age)} AS high, {FirstDue(1, age)} AS normal, {FirstDue(2, age)} AS low
          FROM lanes AS l WHERE l.lane_id IS NOT NULL LIMIT @MaxLanes
        """;

    private static string FirstDue(int priority, string age) =>
        $"(SELECT min(d.due_at) FROM deliveries AS d WHERE d.due_at IS NOT NULL{age} AND d.lane_id = l.lane_id "
        + $"AND d.priority = {priority})";

    private const string AbandonedSql = """
        WITH RECURSIVE holders (node) AS (   -- engine scope: all tenants
            SELECT * FROM (SELECT leased_by FROM deliveries WHERE leased_by IS NOT NULL ORDER BY leased_by LIMIT 1) AS first
            UNION ALL
            SELECT (SELECT d.leased_by FROM deliveries AS d
                     WHERE d.leased_by IS NOT NULL AND d.leased_by > h.node ORDER BY d.leased_by LIMIT 1)
              FROM holders AS h WHERE h.node IS NOT NULL)
        SELECT h.node FROM holders AS h
         WHERE h.node IS NOT NULL AND NOT EXISTS (SELECT 1 FROM nodes AS n WHERE n.id = h.node AND n.dead_at IS NULL) LIMIT @limit
        """;

    /// <summary>Lanes that have anything waiting, due or not yet.</summary>
    public async Task<IReadOnlyList<WaitingLane>> LanesAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sql = LanesSql(await AgeAsync(cancellationToken));
        var lanes = await database.QueryAsync(sql, new { MaxLanes }, row => Read(row, now), cancellationToken);
        return lanes.OfType<WaitingLane>().ToList();
    }

    /// <summary>Leases up to so many due deliveries of one lane and priority to a node, the longest waiting first.</summary>
    public async Task<IReadOnlyList<Delivery>> ClaimAsync(
        LaneId lane, DeliveryPriority priority, NodeId node, int limit, CancellationToken cancellationToken) =>
        await LeaseAsync(
            "d.lane_id = @lane AND d.priority = @priority AND d.due_at <= @now"
                + $"{await AgeAsync(cancellationToken)} ORDER BY d.due_at LIMIT @limit",
            new { lane = lane.Value, priority = (int)priority, now = time.GetUtcNow(), node, limit }, cancellationToken);

    /// <summary>Whether anything of a lane is due.</summary>
    public async Task<bool> AnyAsync(LaneId lane, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            "SELECT 1 AS one FROM deliveries WHERE lane_id = @lane AND priority IN (0, 1, 2) AND due_at <= @now LIMIT 1",
            new { lane = lane.Value, now = time.GetUtcNow() }, row => row.Int("one"), cancellationToken)).Count > 0;

    /// <summary>What a dead node had; it stays leased to it until somebody records what to do.</summary>
    public Task<IReadOnlyList<Delivery>> OrphansAsync(NodeId dead, int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(
            "SELECT * FROM deliveries WHERE leased_by = @dead LIMIT @limit", new { dead, limit }, DeliveryTable.Instance.ReadWhole,
            cancellationToken);

    /// <summary>
    /// Nodes that hold something but do not live; also ones that leased it after they had been declared dead and forgotten.
    /// </summary>
    public Task<IReadOnlyList<NodeId>> AbandonedAsync(CancellationToken cancellationToken) =>
        database.QueryAsync(AbandonedSql, new { limit = 100 }, row => row.Id<NodeId>("node"), cancellationToken);

    /// <summary>The keys of what is leased to a node.</summary>
    public Task<IReadOnlyList<DeliveryKey>> LeasedAsync(NodeId node, CancellationToken cancellationToken) =>
        database.QueryAsync(
            "SELECT tenant_id, id FROM deliveries WHERE leased_by = @node LIMIT 100000", new { node },
            row => new DeliveryKey(row.Id<TenantId>("tenant_id"), row.Id<DeliveryId>("id")), cancellationToken);

    /// <summary>One delivery, as long as a node has it.</summary>
    public Task<Delivery?> LeasedAsync(DeliveryKey key, NodeId node, CancellationToken cancellationToken) =>
        database.FindAsync(
            "SELECT * FROM deliveries WHERE tenant_id = @Tenant AND id = @Id AND leased_by = @node",
            new { key.Tenant, key.Id, node }, DeliveryTable.Instance.ReadWhole, cancellationToken);

    /// <summary>
    /// Leases, among the next rows of a closed lane, those that need not wait for it: expired ones and ones with a fallback.
    /// The second value is where the next look continues; null when the end was reached.
    /// </summary>
    public async Task<(IReadOnlyList<Delivery> Leased, DateTimeOffset? Next)> ClaimMovableAsync(
        LaneId lane, bool withFallback, DateTimeOffset after, NodeId node, CancellationToken cancellationToken)
    {
        const int Window = 500;
        var parameters = new { lane = lane.Value, after, now = time.GetUtcNow(), node, window = Window };
        var seen = await database.QueryAsync(
            "SELECT due_at FROM deliveries WHERE lane_id = @lane AND priority IN (0, 1, 2) AND due_at > @after AND due_at <= @now "
                + "ORDER BY due_at LIMIT @window",
            parameters, row => row.Time("due_at"), cancellationToken);
        if (seen.Count == 0)
            return ([], null);
        var until = seen[^1];
        var movable = withFallback ? "(expires_at <= @now OR fallbacks <> '')" : "expires_at <= @now";
        var leased = await LeaseAsync(
            $"lane_id = @lane AND due_at > @after AND due_at <= @until AND {movable} LIMIT @window",
            new { parameters.lane, after, until, parameters.now, node, window = Window }, cancellationToken);
        return (leased, seen.Count == Window ? until : null);
    }

    /// <summary>What a node holds and someone wants canceled.</summary>
    public Task<IReadOnlyList<Delivery>> CancelRequestsAsync(NodeId node, CancellationToken cancellationToken) =>
        database.QueryAsync(
            "SELECT * FROM deliveries WHERE leased_by = @node AND cancel_requested = @yes LIMIT 100",
            new { node, yes = true }, DeliveryTable.Instance.ReadWhole, cancellationToken);

    /// <summary>
    /// Restricts a query to deliveries of the last one to two weeks for as long as no older one waits, which is nearly always: PostgreSQL
    /// then looks into the two youngest partitions, and not into those of three months. The text changes once a week, so that it is
    /// prepared once a week.
    /// </summary>
    private async Task<string> AgeAsync(CancellationToken cancellationToken)
    {
        var floor = PartitionLength.Floor(time.GetUtcNow() - Young, PartitionLength.Longest);
        var age = database.NotBefore("d.id", floor);
        if (age.Length == 0)
            return "";
        if (_lookedForOldAt is not { } looked || time.GetElapsedTime(looked) > LookForOldEvery)
        {
            _lookedForOldAt = time.GetTimestamp();
            _oldWaits = (await database.QueryAsync(   // engine scope: all tenants
                "SELECT 1 AS one FROM deliveries WHERE due_at IS NOT NULL AND id < @oldest LIMIT 1",
                new { oldest = IdGenerator.LowestAt(floor) }, row => row.Int("one"), cancellationToken)).Count > 0;
        }

        return _oldWaits ? "" : age;
    }

    private static WaitingLane? Read(Row row, DateTimeOffset now)
    {
        if (row.FindId<TenantId>("tenant_id") is not { } tenant)
            return null;
        var due = new List<DeliveryPriority>(3);
        foreach (var (column, priority) in Priorities)
        {
            if (row.FindTime(column) <= now)
                due.Add(priority);
        }

        return new WaitingLane(tenant, new LaneId(row.Guid("lane_id")), due);
    }

    private async Task<IReadOnlyList<Delivery>> LeaseAsync(string which, object parameters, CancellationToken cancellationToken)
    {
        // SKIP LOCKED lets nodes claim side by side. SQLite has one writer and claims inside BEGIN IMMEDIATE instead.
        var sql = $"""
            WITH chosen AS MATERIALIZED (   -- engine scope: all tenants
                SELECT d.tenant_id, d.id FROM deliveries AS d WHERE {which}{database.ForUpdateSkipLocked})
            UPDATE deliveries SET leased_by = @node, due_at = NULL, version = version + 1
             WHERE (tenant_id, id) IN (SELECT tenant_id, id FROM chosen)
            RETURNING *
            """;
        await using var write = await database.BeginWriteAsync(cancellationToken);
        var leased = await database.QueryAsync(write, sql, parameters, DeliveryTable.Instance.ReadWhole, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return leased;
    }
}
