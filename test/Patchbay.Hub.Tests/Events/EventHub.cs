using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Events;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Events;

/// <summary>A hub with a tenant, and somebody who publishes events in it.</summary>
internal sealed class EventHub(TestDatabase database, HubHost host, TenantId tenant, HttpClient api) : IAsyncDisposable
{
    public HubHost Host => host;

    public TenantId Tenant => tenant;

    public HttpClient Api => api;

    public Announcer Announcer { get; } =
        new(host.Services.GetRequiredService<Ledger>(), host.Services.GetRequiredService<EventLog>(), tenant);

    public static async Task<EventHub> StartAsync(HubDatabases databases, string kind, CancellationToken cancellationToken, Action<HubHostOptions>? configure = null)
    {
        var database = await databases.CreateAsync(kind, cancellationToken);
        var host = await HubHost.StartAsync(database.Setting, configure, cancellationToken);
        var (tenant, key) = await host.CreateTenantAsync("Events", cancellationToken);
        return new EventHub(database, host, tenant, host.Client(key));
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        await host.DisposeAsync();
        await database.DisposeAsync();
    }
}
