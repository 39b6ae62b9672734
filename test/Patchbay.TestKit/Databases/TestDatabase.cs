using Patchbay.Storage;

namespace Patchbay.TestKit;

/// <summary>A migrated database of one test; gone when disposed of.</summary>
public sealed class TestDatabase(Database database, string setting, Func<Task> cleanUp) : IAsyncDisposable
{
    private readonly List<Database> _others = [];

    public Database Database { get; } = database;

    /// <summary>What <c>Patchbay:Database</c> would say: <c>sqlite:PATH</c>, or a connection string.</summary>
    public string Setting { get; } = setting;

    /// <summary>The same database once more, as another process sees it. Disposed of with this one.</summary>
    public Database OpenAgain()
    {
        var other = Database.Open(Setting);
        _others.Add(other);
        return other;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
            await other.DisposeAsync();
        await Database.DisposeAsync();
        await cleanUp();
    }
}
