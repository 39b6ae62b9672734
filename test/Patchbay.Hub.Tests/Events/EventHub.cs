using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Events;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Events;

/// <summary>A hub with a tenant, and somebody who publishes events in it.</summary>
internal sealed class EventHub(IReadOnlyList<IAsyncDisposable> owned, HubHost host, TenantId tenant, HttpClient api) : IAsyncDisposable
{
    public HubHost Host => host;

    public TenantId Tenant => tenant;

    public HttpClient Api => api;

    public Announcer Announcer { get; } =
        new(host.Services.GetRequiredService<Ledger>(), host.Services.GetRequiredService<EventLog>(), tenant);

    public static async Task<EventHub> StartAsync(
        HubDatabases databases, string kind, CancellationToken cancellationToken, Action<HubHostOptions>? configure = null)
    {
        var database = await databases.CreateAsync(kind, cancellationToken);
        var host = await HubHost.StartAsync(database.Setting, configure, cancellationToken);
        return await OnAsync(host, [host, database], cancellationToken);
    }

    /// <summary>On a hub that is given back at the end.</summary>
    public static async Task<EventHub> OnLentAsync(HubDatabases databases, string kind, CancellationToken cancellationToken)
    {
        var hub = await databases.LendAsync(kind, cancellationToken);
        return await OnAsync(hub.Host, [hub], cancellationToken);
    }

    private static async Task<EventHub> OnAsync(HubHost host, IReadOnlyList<IAsyncDisposable> owned, CancellationToken cancellationToken)
    {
        var (tenant, key) = await host.CreateTenantAsync("Events", cancellationToken);
        return new EventHub(owned, host, tenant, host.Client(key));
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        foreach (var one in owned)
            await one.DisposeAsync();
    }
}
