using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Tests.Outbound;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Webhooks;

/// <summary>A hub with a tenant, and a receiver that is told what to answer.</summary>
internal sealed class WebhookHub(HubHost hub, IAsyncDisposable owned, TenantId tenant, HttpClient client, Receiver receiver)
    : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    public HubHost Hub => hub;

    public TenantId Tenant => tenant;

    public HttpClient Client => client;

    public Receiver Receiver => receiver;

    public Database Database => hub.Services.GetRequiredService<Database>();

    public static async Task<WebhookHub> StartAsync(
        string databaseSetting, CancellationToken cancellationToken, Action<HubHostOptions>? configure = null)
    {
        var hub = await HubHost.StartAsync(databaseSetting, configure, cancellationToken);
        return await OnAsync(hub, hub, cancellationToken);
    }

    /// <summary>On a hub that is given back at the end.</summary>
    public static async Task<WebhookHub> OnLentAsync(HubDatabases databases, string kind, CancellationToken cancellationToken)
    {
        var hub = await databases.LendAsync(kind, cancellationToken);
        return await OnAsync(hub.Host, hub, cancellationToken);
    }

    private static async Task<WebhookHub> OnAsync(HubHost hub, IAsyncDisposable owned, CancellationToken cancellationToken)
    {
        var (tenant, key) = await hub.CreateTenantAsync("webhooks", cancellationToken);
        return new WebhookHub(hub, owned, tenant, hub.Client(key), await Receiver.StartAsync(cancellationToken));
    }

    /// <summary>An endpoint at a path of the receiver; further fields over those every test wants.</summary>
    public async Task<string> AddAsync(string path, object? more = null) => (await CreateAsync(path, more)).Text("id")!;

    public async Task<HubReply> CreateAsync(string path, object? more = null)
    {
        var body = new Dictionary<string, object?> { ["url"] = receiver.Url(path), ["events"] = new[] { "payment.*" } };
        foreach (var field in JsonSerializer.SerializeToElement(more ?? new { }, HubJson.Options).EnumerateObject())
            body[field.Name] = field.Value;
        var reply = await client.PostJsonAsync("/api/v1/webhooks", body);
        Assert.True((int)reply.Status == 201, reply.ToString());
        return reply;
    }

    /// <summary>Publishes events of a type, in one transaction each; their ids in order.</summary>
    public async Task<IReadOnlyList<string>> PublishAsync(
        int count, string type = "payment.succeeded", string subject = "pay_01h455vb4pex5vsknk084sn02q")
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await hub.Services.GetRequiredService<Ledger>().CommitAsync(
                new Publish(tenant, hub.Services.GetRequiredService<IdGenerator>(), type, subject, i,
                    hub.Services.GetRequiredService<TimeProvider>()), CancellationToken.None));
        }

        return ids;
    }

    public Task UntilAsync(
        Func<bool> condition, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string text = "") =>
        Eventually.BecomesAsync(condition, Soon, TestContext.Current.CancellationToken, text);

    /// <summary>The endpoint's deliveries as the API lists them.</summary>
    public async Task<IReadOnlyList<JsonElement>> DeliveriesAsync(string webhook, string query = "") =>
        [.. (await client.GetJsonAsync($"/api/v1/webhooks/{webhook}/deliveries?limit=200{query}"))["data"].EnumerateArray()];

    public async Task<bool> AllAreAsync(string webhook, int count, string status)
    {
        var deliveries = await DeliveriesAsync(webhook);
        return deliveries.Count == count && deliveries.All(delivery => delivery.GetProperty("status").GetString() == status);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await owned.DisposeAsync();
        await receiver.DisposeAsync();
    }

    private sealed class Publish(TenantId tenant, IdGenerator ids, string type, string subject, int number, TimeProvider time)
        : LedgerWork<string>
    {
        public override string Decide(LedgerRows rows)
        {
            var id = ids.New<EventId>();
            var data = Declared.EventTypes.Find(type)!.Example.DeepClone();
            if (type.StartsWith("payment.", StringComparison.Ordinal))
                data["description"] = $"Zoë {number}";
            rows.Insert(EventTable.Instance, new Event(tenant, id, type, subject, time.GetUtcNow(), data.ToJsonString(HubJson.Options)));
            return id.ToString();
        }
    }
}
