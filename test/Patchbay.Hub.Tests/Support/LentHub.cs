using Microsoft.Extensions.DependencyInjection;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Support;

/// <summary>
/// A hub with its sandbox and the connectors of these tests, lent to one test at a time, since a hub costs more to start than most tests
/// do. Each test has tenants of its own. What they leave behind is brought to rest: they count as moving away, whom every loop leaves
/// alone.
/// </summary>
public sealed class LentHub : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TestDatabase _database;
    private readonly Func<LentHub, Task> _giveBack;
    private DateTimeOffset _since;
    private int _tests;

    private LentHub(TestDatabase database, HubHost host, Func<LentHub, Task> giveBack) =>
        (_database, Host, _giveBack) = (database, host, giveBack);

    public HubHost Host { get; }

    public Database Database => _database.Database;

    internal static async Task<LentHub> StartAsync(TestDatabase database, Func<LentHub, Task> giveBack, CancellationToken cancellationToken)
    {
        var assembly = typeof(LentHub).Assembly;
        return new LentHub(database,
            await HubHost.StartAsync(database.Setting, options => options.ConnectorAssemblies.Add(assembly), cancellationToken), giveBack);
    }

    /// <summary>As it was when it had just started, but for what lies in the database.</summary>
    internal void Begin()
    {
        _since = Host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Host.Log.Clear();
        Host.Sandbox.Faults.Clear();
        Host.Sandbox.Ledger.Clear();
        Host.Sandbox.Autopay = true;
    }

    /// <summary>Gives it back; every event that was written meanwhile must be what its type declares.</summary>
    public async ValueTask DisposeAsync()
    {
        if (await RestAsync())
        {
            var faults = await EventBooks.FaultsAsync(Database, Declared.EventTypes, CancellationToken.None, _since);
            await _giveBack(this);
            EventBooks.AssertNone(faults);
        }
        else
        {
            await EndAsync();
        }
    }

    internal async ValueTask EndAsync()
    {
        await Host.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>False when something goes on for so long that nobody else should have this hub.</summary>
    private async Task<bool> RestAsync()
    {
        await Database.ExecuteAsync(
            """
            INSERT INTO tenant_moves (tenant_id, phase, other, mover, changed_at)
            SELECT id, 'leaving', 'nowhere', id, @now FROM tenants WHERE id NOT IN (SELECT tenant_id FROM tenant_moves)
            """, new { now = _since }, CancellationToken.None);
        await Database.ExecuteAsync(
            "UPDATE tenants SET config_version = config_version + 1, name = name || @former WHERE created_at >= @_since",
            new { _since, former = $", of test {++_tests}" }, CancellationToken.None);
        try
        {
            await Eventually.BecomesAsync(NobodyHoldsAnyAsync, Patience, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            return false;
        }

        await Database.ExecuteAsync(
            """
            UPDATE deliveries SET status = 'canceled', due_at = NULL, version = version + 1
             WHERE status NOT IN ('delivered', 'exhausted', 'canceled') AND leased_by IS NULL
            """, new { }, CancellationToken.None);
        return await NobodyHoldsAnyAsync();
    }

    private async Task<bool> NobodyHoldsAnyAsync()
    {
        var held = await Database.QueryAsync(
            "SELECT 1 AS one FROM deliveries WHERE leased_by IS NOT NULL LIMIT 1", new { }, row => row.Int("one"), CancellationToken.None);
        return held.Count == 0;
    }
}
