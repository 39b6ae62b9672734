using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests.Running;

/// <summary>Looks into the hub's database.</summary>
internal static class Counting
{
    public static async Task<int> CountAsync(this Database database, string sql, CancellationToken cancellationToken) =>
        (await database.QueryAsync(sql, new { }, row => row.Int("many"), cancellationToken))[0];

    /// <summary>For what takes hours by itself.</summary>
    public static Task ChangeAsync(this Database database, string sql, CancellationToken cancellationToken) => database.ExecuteAsync(sql, new { }, cancellationToken);
}

/// <summary>One of the three nodes.</summary>
internal sealed class ClusterNode(int number, HubProcess process, Database database) : IDisposable
{
    public int Number => number;

    public HubProcess Process => process;

    public string Name => NameOf(number);

    public static string NameOf(int number) => $"node{number + 1}";

    /// <summary>The id it goes by now: that of its last start, or of its last return.</summary>
    public async Task<Guid> IdAsync(CancellationToken cancellationToken) => (await database.QueryAsync(
        "SELECT id FROM nodes WHERE name = @Name AND dead_at IS NULL ORDER BY started_at DESC LIMIT 1", new { Name }, row => row.Guid("id"), cancellationToken))[0];

    /// <summary>How many deliveries are leased to an id.</summary>
    public static async Task<int> LeasedAsync(Database database, Guid id, CancellationToken cancellationToken) => (await database.QueryAsync(
        "SELECT count(*) AS many FROM deliveries WHERE leased_by = @id", new { id }, row => row.Int("many"), cancellationToken))[0];

    public async Task<string> LogAsync(CancellationToken cancellationToken) => await File.ReadAllTextAsync(process.Log, cancellationToken);

    public void Dispose() => process.Dispose();
}
