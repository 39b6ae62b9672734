using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Keys;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Access;

/// <summary>
/// One hub for the tests of a class, whose clock stands still but for <see cref="ManualTime.StepClock"/>; each test has tenants of its own.
/// </summary>
public sealed class AccessHub(HubDatabases databases) : IAsyncLifetime
{
    private static int _tenants;

    private TestDatabase _database = null!;

    public ManualTime Time { get; } = new();

    public HubHost Hub { get; private set; } = null!;

    public Database Database => _database.Database;

    public ApiKeyCreation Keys => Hub.Services.GetRequiredService<ApiKeyCreation>();

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(TestDatabases.Sqlite, TestContext.Current.CancellationToken);
        Hub = await HubHost.StartAsync(_database.Setting, options => options.Time = Time, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>A new tenant, called with a key that may do everything.</summary>
    public async Task<(TenantId Id, HttpClient Client)> TenantAsync()
    {
        var (id, key) = await Hub.CreateTenantAsync($"Tenant {Interlocked.Increment(ref _tenants)}", TestContext.Current.CancellationToken);
        return (id, Hub.Client(key));
    }
}
