using Patchbay.Storage;

namespace Patchbay.CoyoteTests;

/// <summary>A SQLite file for one schedule, in memory where the machine has such a place: there are hundreds.</summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    private static readonly string Root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
    private static int _made;

    private readonly string _folder;

    private ScratchDatabase()
    {
        _folder = Path.Combine(Root, $"patchbay-schedules-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}");
        Database = new SqliteDatabase(Path.Combine(_folder, "hub.db"));
    }

    public Database Database { get; }

    /// <summary>With the table of the nodes.</summary>
    public static async Task<ScratchDatabase> CreateAsync()
    {
        var made = new ScratchDatabase();
        await made.Database.ExecuteAsync(
            "CREATE TABLE nodes "
                + "(id uuid PRIMARY KEY, name text NOT NULL, started_at bigint NOT NULL, seen_at bigint NOT NULL, dead_at bigint)",
            new { }, CancellationToken.None);
        await made.FillPoolAsync();
        return made;
    }

    /// <summary>
    /// A new connection writes for a moment (its <c>auto_vacuum</c>), and would wait for the writer inside SQLite, where Coyote does not
    /// see it.
    /// </summary>
    private async Task FillPoolAsync()
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Database.ConnectAsync(CancellationToken.None)));
        foreach (var connection in connections)
            await connection.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
