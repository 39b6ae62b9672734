using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Integrations.Inbound;
using Patchbay.Integrations.Integrations;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Inbound;

/// <summary>Webhooks whose signatures are checked with what the provider publishes; PayPal's certificates are such.</summary>
public sealed class PublishedKeyTests(HubDatabases databases) : IAsyncLifetime
{
    private const string Certificates = "/v1/notifications/certs/";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly ConcurrentQueue<Uri> _called = new();
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_key_is_fetched_once_and_what_it_does_not_fit_or_what_came_before_changes_nothing()
    {
        await using var hub = await StartAsync(new Watches(_called, new SocketsHttpHandler()), elsewhere: true);
        using var api = hub.Client((await hub.CreateTenantAsync("Shop", _ct)).Key);
        var integration = await AddAsync(api);
        var url = new Uri(hub.Address, $"api/webhooks/paypal/{integration}");
        hub.Sandbox.Connect(
            "paypal", new Dictionary<string, string> { ["client_id"] = "Shop", ["webhook_id"] = "1JE4291016473214C" }, url);
        var payment = (await api.PostJsonAsync(
            "/api/v1/payments", new { amount = "5.00", currency = "EUR", reference = "r", return_url = "https://shop.example/" }, "r"))
            .Text("id");
        await Eventually.BecomesAsync(
            async () => (await api.GetJsonAsync($"/api/v1/payments/{payment}")).Text("status") == "succeeded"
                && await StoredAsync(hub) is [_, { Status: InboxStatus.Processed }],
            TimeSpan.FromSeconds(30), _ct);
        var approved = (await hub.Services.GetRequiredService<Database>()
            .FindAsync(InboxTable.Instance, (await StoredAsync(hub))[0].Key, _ct))!;   // with its request

        var again = await SendAsync(url, approved);
        var tampered = await SendAsync(url, approved, change: body => body.Replace("5.00", "9.00", StringComparison.Ordinal));
        var unknown = await SendAsync(url, approved, certificate: "https://api.sandbox.paypal.com" + Certificates + "CERT-0");
        var foreign = await SendAsync(url, approved, certificate: "https://evil.example" + Certificates + "CERT-0");

        Assert.Equal((200, 401, 401, 401), (again, tampered, unknown, foreign));
        Assert.Equal([1, 0], (await StoredAsync(hub)).Select(entry => entry.Duplicates));
        Assert.Equal(1, hub.Sandbox.Ledger.ChargesFor(payment!));
        Assert.Equal(
            [true, false],   // the certificate, and the one that is not there
            _called.Where(called => called.AbsolutePath.Contains(Certificates, StringComparison.Ordinal))
                .Select(called => !called.AbsolutePath.EndsWith("CERT-0", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task In_sandbox_mode_tokens_and_keys_come_from_the_providers_sandbox()
    {
        await using var hub = await StartAsync(new Watches(_called, answers: null), elsewhere: false);
        using var api = hub.Client((await hub.CreateTenantAsync("Shop", _ct)).Key);
        var id = (await api.PostJsonAsync("/api/v1/integrations", Integration, wait: TimeSpan.FromSeconds(10))).Text("id");
        var url = new Uri(hub.Address, $"api/webhooks/paypal/{id}");
        await Eventually.BecomesAsync(() => !_called.IsEmpty, TimeSpan.FromSeconds(30), _ct);
        var tokens = _called.ToArray();
        _called.Clear();

        foreach (var host in new[] { "api.paypal.com", "api.sandbox.paypal.com" })
            Assert.Equal(401, await SendAsync(url, new Uri($"https://{host}{Certificates}CERT-1")));

        Assert.All(tokens, called => Assert.Equal(new Uri("https://api-m.sandbox.paypal.com/v1/oauth2/token"), called));
        Assert.Equal([new Uri($"https://api.sandbox.paypal.com{Certificates}CERT-1")], _called);
    }

    private static object Integration => new
    {
        provider = "paypal", mode = "sandbox",
        credentials = new { client_id = "Shop", client_secret = "not-a-secret", webhook_id = "1JE4291016473214C" },
    };

    private Task<HubHost> StartAsync(Watches watches, bool elsewhere) => HubHost.StartAsync(
        _database.Setting, options =>
        {
            options.Services = services => services.AddSingleton(_ => new HttpClient(watches));
            options.Hub = hub =>
            {
                if (!elsewhere)
                    hub.Of<ProviderOptions>().Remove("paypal");
            };
        },
        _ct);

    private async Task<string> AddAsync(HttpClient api)
    {
        var id = (await api.PostJsonAsync("/api/v1/integrations", Integration)).Text("id")!;
        await Eventually.BecomesAsync(
            async () => (await api.GetJsonAsync($"/api/v1/integrations/{id}")).Text("status") == "active", TimeSpan.FromSeconds(30), _ct);
        return id;
    }

    /// <summary>In the order they came in.</summary>
    private Task<IReadOnlyList<InboxEntry>> StoredAsync(HubHost hub) => hub.Services.GetRequiredService<Database>().QueryAsync(
        "SELECT * FROM inbox ORDER BY id LIMIT 10", new { }, InboxTable.Instance.Read, _ct);

    private async Task<int> SendAsync(Uri url, InboxEntry stored, Func<string, string>? change = null, string? certificate = null)
    {
        var body = Encoding.UTF8.GetString(stored.Raw!.Body);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(change?.Invoke(body) ?? body) };
        foreach (var header in JsonDocument.Parse(stored.Raw.Headers).RootElement.EnumerateObject()
            .Where(header => header.Name.StartsWith("PAYPAL-", StringComparison.OrdinalIgnoreCase)))
        {
            var isUrl = header.Name.Equals("PAYPAL-CERT-URL", StringComparison.OrdinalIgnoreCase);
            request.Headers.Add(header.Name, isUrl && certificate is not null ? certificate : header.Value.GetString());
        }

        return await SendAsync(request);
    }

    private async Task<int> SendAsync(Uri url, Uri certificate)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent("{}"), Headers = { { "PAYPAL-CERT-URL", certificate.ToString() } },
        };
        return await SendAsync(request);
    }

    private async Task<int> SendAsync(HttpRequestMessage request)
    {
        using var provider = new HttpClient();
        using var answer = await provider.SendAsync(request, _ct);
        return (int)answer.StatusCode;
    }

    /// <param name="answers">Null: nothing goes out, and everything is refused.</param>
    private sealed class Watches(ConcurrentQueue<Uri> called, HttpMessageHandler? answers)
        : DelegatingHandler(answers ?? new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            called.Enqueue(request.RequestUri!);
            return answers is not null
                ? base.SendAsync(request, cancellationToken)
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("{}") });
        }
    }
}
