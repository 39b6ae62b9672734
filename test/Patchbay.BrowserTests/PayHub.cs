using Microsoft.Playwright;
using Patchbay.BrowserTests;
using Patchbay.Integrations.Catalog;
using Patchbay.Server.Composition;
using Patchbay.TestKit;

[assembly: AssemblyFixture(typeof(PayHub))]
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]

namespace Patchbay.BrowserTests;

/// <summary>One hub with a shop that takes money in several ways, and one browser, for all tests. Its customers pay only by hand.</summary>
public sealed class PayHub : IAsyncLifetime
{
    private static readonly string[] Providers = ["stripe", "mollie", "powertranz", "cashfree", "praxis"];

    private readonly TestDatabases _databases = new(HubAssemblies.Schema);
    private TestDatabase _database = null!;
    private IPlaywright _playwright = null!;

    public HubHost Hub { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(_playwright);
        _database = await _databases.CreateAsync(TestDatabases.Sqlite, cancellationToken);
        Hub = await HubHost.StartAsync(_database.Setting, null, cancellationToken);
        Hub.Sandbox.Autopay = false;
        var (_, key) = await Hub.CreateTenantAsync("Kontor Beispiel", cancellationToken);
        Client = Hub.Client(key);
        var catalog = (ProviderCatalog)Hub.Services.GetService(typeof(ProviderCatalog))!;
        var made = new Dictionary<string, string>();
        foreach (var provider in Providers)
            made[provider] = (await Hub.Sandbox.ConnectAsync(Client, catalog.Find(provider)!.Manifest)).Text("id")!;
        var rule = new { capability = "initiate_payment", priority = 10, integration_id = made["stripe"] };
        Assert.Equal(201, (int)(await Client.PostJsonAsync("/api/v1/routing-rules", rule)).Status);
        await Client.PostJsonAsync("/api/v1/integrations", new
        {
            provider = "bank_transfer", mode = "sandbox",
            credentials = new { account_name = "Kontor Beispiel GmbH", iban = "DE89370400440532013000" },
        }, wait: TimeSpan.FromSeconds(10));
    }

    /// <summary>A new link as the API answers it.</summary>
    public async Task<HubReply> LinkAsync(object body)
    {
        var reply = await Client.PostJsonAsync("/api/v1/payment-links", body);
        Assert.True((int)reply.Status == 201, reply.ToString());
        return reply;
    }

    /// <summary>The payments that were begun on a link.</summary>
    public async Task<IReadOnlyList<string>> PaymentsAsync(string reference) =>
        [.. (await Client.GetJsonAsync($"/api/v1/payments?reference={reference}"))["data"].EnumerateArray()
            .Select(one => one.Text("id")!)];

    public Task<HubReply> PaidAsync(HubReply link) =>
        Client.BecomesAsync($"/api/v1/payment-links/{link.Text("id")}", one => one["paid_count"].GetInt32() > 0);

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (Hub is not null)
            await Hub.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        await _databases.DisposeAsync();
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
