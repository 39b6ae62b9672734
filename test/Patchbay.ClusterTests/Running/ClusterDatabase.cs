using Patchbay.Storage;

namespace Patchbay.ClusterTests.Running;

/// <summary>Looks into the hub's database.</summary>
internal static class ClusterDatabase
{
    /// <param name="sql">Selects one number as <c>many</c>; may name <c>@tenant</c>.</param>
    public static async Task<int> CountAsync(
        this Database database, string sql, CancellationToken cancellationToken, TenantId tenant = default) =>
        (await database.QueryAsync(sql, new { tenant }, row => row.Int("many"), cancellationToken))[0];

    /// <summary>The id a node goes by now: that of its last start, or of its last return.</summary>
    public static async Task<Guid> IdOfAsync(this Database database, ClusterNode node, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
        "SELECT id FROM nodes WHERE name = @Name AND dead_at IS NULL ORDER BY started_at DESC LIMIT 1", new { node.Name },
        row => row.Guid("id"), cancellationToken))[0];

    /// <summary>How many deliveries are leased to an id.</summary>
    public static async Task<int> LeasedAsync(this Database database, Guid id, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
        "SELECT count(*) AS many FROM deliveries WHERE leased_by = @id", new { id }, row => row.Int("many"), cancellationToken))[0];

    /// <summary>How many are leased to any node.</summary>
    public static Task<int> LeasedAsync(this Database database, CancellationToken cancellationToken) =>
        database.CountAsync("SELECT count(*) AS many FROM deliveries WHERE leased_by IS NOT NULL", cancellationToken);

    public static async Task<bool> LivesAsync(this Database database, Guid id, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
        "SELECT 1 AS one FROM nodes WHERE id = @id AND dead_at IS NULL", new { id }, row => row.Int("one"), cancellationToken)).Count > 0;

    /// <summary>So many nodes live, the dead are forgotten, and nothing waits that is due.</summary>
    public static async Task<bool> IsAtRestAsync(this Database database, int nodes, CancellationToken cancellationToken) =>
        await database.CountAsync("SELECT count(*) AS many FROM nodes WHERE dead_at IS NULL", cancellationToken) == nodes
        && await database.CountAsync("SELECT count(*) AS many FROM nodes WHERE dead_at IS NOT NULL", cancellationToken) == 0
        && await database.CountAsync(
            "SELECT count(*) AS many FROM deliveries WHERE leased_by IS NOT NULL OR due_at IS NOT NULL", cancellationToken) == 0;
}
