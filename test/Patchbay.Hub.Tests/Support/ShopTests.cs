using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Support;

/// <summary>Tests that each begin with a shop of their own on a fresh database.</summary>
public abstract class ShopTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    internal Shop Shop { get; private set; } = null!;

    protected CancellationToken Token { get; } = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(kind, Token);
        Shop = await Shop.OpenAsync(_database.Setting, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        await _database.DisposeAsync();
    }
}
