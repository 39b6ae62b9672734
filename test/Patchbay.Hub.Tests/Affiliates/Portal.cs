using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Patchbay.Hub.Tests.Outbound;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Affiliates;

/// <summary>A tenant whose affiliate has a portal that takes batches.</summary>
internal sealed class Portal : IAsyncDisposable
{
    public const string Path = "/batches";
    public const string Secret = "a secret of the portal";
    public const string Affiliate = "portal-7";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IAsyncDisposable _lent;   // the hub, or the database of a hub of its own
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly ManualTime? _time;

    private Portal(
        IAsyncDisposable lent, HubHost host, Database database, Receiver receiver, TenantId tenant, HttpClient api, ManualTime? time) =>
        (_lent, Host, Database, Receiver, Tenant, Api, _time) = (lent, host, database, receiver, tenant, api, time);

    public HubHost Host { get; }

    public Receiver Receiver { get; }

    public TenantId Tenant { get; }

    public HttpClient Api { get; }

    public Database Database { get; }

    /// <param name="time">Of a hub of its own; null: on one that is lent, by the real clock.</param>
    public static async Task<Portal> OpenAsync(HubDatabases databases, string kind, ManualTime? time = null)
    {
        var ct = TestContext.Current.CancellationToken;
        var own = time is null ? null : await databases.CreateAsync(kind, ct);
        var lent = own is null ? await databases.LendAsync(kind, ct) : null;
        var host = lent?.Host ?? await HubHost.StartAsync(own!.Setting, options => options.Time = time, ct);
        var (tenant, key) = await host.CreateTenantAsync("Broker", ct);
        return new Portal(
            (IAsyncDisposable?)lent ?? own!, host, lent?.Database ?? own!.Database, await Receiver.StartAsync(ct), tenant,
            host.Client(key), time);
    }

    public async Task<string> EndpointAsync(int batchSizeMax = 500, int flushSeconds = 1, string path = Path)
    {
        var reply = await Api.PostJsonAsync("/api/v1/affiliates/webhooks", new
        {
            affiliate_id = Affiliate, endpoint_url = Receiver.Url(path), secret = Secret, batch_size_max = batchSizeMax,
            flush_seconds = flushSeconds,
        });
        Assert.True((int)reply.Status == 201, reply.ToString());
        return reply.Text("id")!;
    }

    public async Task<string> LeadAsync(string name, string? country = null, string? customer = null)
    {
        var reply = await Api.PostJsonAsync(
            "/api/v1/affiliates/leads", new { affiliate_id = Affiliate, affiliate_lead_id = name, country, customer_id = customer });
        Assert.True((int)reply.Status == 201, reply.ToString());
        return reply.Text("id")!;
    }

    public async Task<HubReply> DepositAsync(string lead, string reference, string amount, string currency = "USD", string? rate = null)
    {
        var reply = await Api.PostJsonAsync(
            "/api/v1/affiliates/deposits", new { affiliate_id = Affiliate, affiliate_lead_id = lead, reference, amount, currency, rate });
        Assert.True((int)reply.Status is 200 or 201, reply.ToString());
        return reply;
    }

    public async Task MinimumAsync(string country, string amount)
    {
        var reply = await Api.PutJsonAsync($"/api/v1/affiliates/ftd-minimums/{country}", new { amount });
        Assert.True((int)reply.Status == 200, reply.ToString());
    }

    public Task ReceivedAsync(int batches, string path = Path) =>
        Eventually.BecomesAsync(() => Receiver.At(path).Count >= batches, Patience, _ct);

    /// <summary>Types and leads in the order in which they came, without repeats of a batch.</summary>
    public IReadOnlyList<string> Told() =>
        [.. Receiver.All.DistinctBy(batch => batch.Id).SelectMany(batch => batch.Json.GetProperty("leads").EnumerateArray()
            .Select(lead => $"{batch.Json.GetProperty("event").GetString()} {lead.GetProperty("affiliate_lead_id").GetString()}"))];

    public Task ToldAsync(params string[] expected) => Eventually.BecomesAsync(() => Told().SequenceEqual(expected), Patience, _ct);

    public Task<IReadOnlyList<string>> FeedAsync() => Database.QueryAsync(
        "SELECT type FROM events WHERE tenant_id = @Tenant AND type LIKE 'lead.%' ORDER BY id LIMIT 1000", new { Tenant },
        row => row.Text("type"), _ct);

    /// <summary>As a portal verifies it, by what the documentation says and nothing else.</summary>
    public static void AssertSigned(Received batch, string secret = Secret)
    {
        var older = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), batch.Body));
        Assert.Equal("sha256=" + older, batch.Headers["X-Webhook-Signature"]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{batch.Id}.{batch.Headers["webhook-timestamp"]}."), .. batch.Body];
        Assert.Contains("v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)),
            batch.Headers["webhook-signature"].Split(' '));
    }

    public static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(member => member.Name));

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_time is not null)
        {
            var stopping = Host.DisposeAsync().AsTask();
            while (!stopping.IsCompleted)
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));   // the end waits by the clock, too
                await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None));
            }

            await stopping;
        }

        await _lent.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
