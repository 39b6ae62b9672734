namespace Patchbay.Hub.Tests.Support;

/// <summary>Tests that each begin with a shop of their own on a hub that they have to themselves.</summary>
public abstract class ShopTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    internal Shop Shop { get; private set; } = null!;

    protected CancellationToken Token { get; } = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Shop = await Shop.OpenLentAsync(databases, kind, Token);

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
