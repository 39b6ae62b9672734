using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Integrations.Inbound;
using Patchbay.Server.Composition;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Inbound;

/// <summary>A hub with Postbox, the letters it reports about, and one tenant.</summary>
internal sealed class InboundHub : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private InboundHub(HubHost host) => (Host, Caller) = (host, host.Client(null));

    public HubHost Host { get; }

    /// <summary>Calls as a provider does: without a key.</summary>
    public HttpClient Caller { get; }

    public TenantId Tenant { get; private set; }

    /// <summary>Calls as the tenant.</summary>
    public HttpClient Api { get; private set; } = null!;

    public TimeProvider Time => Host.Services.GetRequiredService<TimeProvider>();

    public Database Database => Host.Services.GetRequiredService<Database>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="join">The hub that this one is a further node of, or the successor; null for the first on its database.</param>
    public static async Task<InboundHub> StartAsync(
        TestDatabase database, TimeProvider? time = null, Letters.Pace? pace = null, InboundHub? join = null,
        Action<HubOptions>? settings = null)
    {
        var hub = new InboundHub(await HubHost.StartAsync(
            database.Setting,
            options =>
            {
                options.Time = time;
                options.Hub = settings;
                options.ConnectorAssemblies.Add(Postbox.Assembly);
                options.Services = services =>
                    services.AddSingleton<IProviderEventTarget>(provider => new Letters(provider.GetRequiredService<Database>(), pace));
            }, Token));
        if (join is null)
        {
            await hub.Database.ExecuteAsync(LetterTable.Sql, new { }, Token);
            (hub.Tenant, var key) = await hub.Host.CreateTenantAsync("Post", Token);
            hub.Api = hub.Host.Client(key);
        }
        else
        {
            hub.Tenant = join.Tenant;
            hub.Api = hub.Host.Client(join.Api.DefaultRequestHeaders.Authorization!.Parameter);
        }

        return hub;
    }

    public async Task<string> GivenIntegrationAsync(string provider = Postbox.Name, object? credentials = null, HttpClient? api = null)
    {
        var reply = await (api ?? Api).PostJsonAsync(
            "api/v1/integrations", new { provider, mode = "sandbox", credentials = credentials ?? new { secret = Postbox.Secret } });
        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        return reply.Text("id")!;
    }

    public Task GivenLetterAsync(string reference) =>
        Host.Services.GetRequiredService<Ledger>().CommitAsync(new InsertLetter(new Letter(Tenant, reference, -1, 0)), Token);

    public async Task<Letter> LetterAsync(string reference) => (await new Letters(Database).FindAsync(Tenant, reference, Token))!;

    public static string Report(string? id, params (string Reference, string Status)[] letters) => JsonSerializer.Serialize(
        new { id, letters = letters.Select(
            letter => new Dictionary<string, string> { ["ref"] = letter.Reference, ["status"] = letter.Status }) });

    /// <summary>Posts as Postbox does.</summary>
    public Task<HttpResponseMessage> DeliverAsync(string integration, string body, string secret = Postbox.Secret) =>
        SendAsync(HttpMethod.Post, $"api/webhooks/{Postbox.Name}/{integration}", Encoding.UTF8.GetBytes(body),
            Postbox.Sign(body, Time.GetUtcNow(), secret));

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, byte[] body, params (string Name, string Value)[] headers)
    {
        // As written: a client would otherwise tidy up the query before it goes out.
        var url = new Uri($"{Host.Address}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, url);
        if (method != HttpMethod.Get)
            request.Content = new ByteArrayContent(body);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        return await Caller.SendAsync(request, Token);
    }

    /// <summary>All webhooks of the tenant, newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> InboxAsync(string filter = "")
    {
        var reply = await Api.GetJsonAsync("api/v1/inbox" + filter);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return reply["data"].EnumerateArray().ToList();
    }

    public async Task<JsonElement> OnlyEntryAsync() => Assert.Single(await InboxAsync());

    /// <summary>Waits until every webhook has the status; returns the newest.</summary>
    public async Task<JsonElement> BecomesAsync(string status)
    {
        var last = "";
        try
        {
            await Eventually.BecomesAsync(
                async () =>
                {
                    var entries = await InboxAsync();
                    last = string.Join(' ', entries);
                    return entries.Count > 0 && entries.All(entry => entry.GetProperty("status").GetString() == status);
                }, Patience, Token);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Not {status}: {last}");
        }

        return (await InboxAsync())[0];
    }

    public Task SweepAsync() => Host.Services.GetRequiredService<InboxSweep>().RunAsync(Token);

    public async Task<IReadOnlyList<string>> AlertsAsync() => await Database.QueryAsync(
        "SELECT data FROM events WHERE tenant_id = @Tenant AND type = 'alert.raised' ORDER BY id LIMIT 100", new { Tenant },
        row => row.Text("data"), Token);

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        Api.Dispose();
        await Host.DisposeAsync();
    }

    private sealed class InsertLetter(Letter letter) : LedgerWork<bool>
    {
        public override bool Decide(LedgerRows rows)
        {
            rows.Insert(LetterTable.Instance, letter);
            return true;
        }
    }
}
