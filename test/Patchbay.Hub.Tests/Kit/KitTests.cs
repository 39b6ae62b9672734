using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Integrations.Integrations;
using Patchbay.Integrations.Tokens;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Kit;

/// <summary>What connectors are offered beyond one call, by a provider that uses all of it.</summary>
public abstract class KitTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private static int s_clients;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly string _clientId = $"client {Interlocked.Increment(ref s_clients)} of {TestContext.Current.TestClass?.TestClassName}";
    private TestDatabase _database = null!;
    private HubHost _hub = null!;
    private HttpClient _api = null!;
    private TenantId _tenant;
    private string _key = "";

    private FerryAccount Account => FerryAccount.Named(_clientId);

    private Database Database => _hub.Services.GetRequiredService<Database>();

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(kind, _ct);
        _hub = await StartAsync(null);
        (_tenant, _key) = await _hub.CreateTenantAsync("Harbour", _ct);
        _api = _hub.Client(_key);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _hub.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_person_connects_it_and_then_everything_goes_by_itself()
    {
        var id = await CreateAsync(new { client_id = _clientId, client_secret = "client-secret", dock = "north" });
        var waiting = await BecomesAsync(id, "error");
        Assert.StartsWith("reauthorization_required: Nobody has connected", waiting.Text("status_reason"), StringComparison.Ordinal);

        await ConnectAsync(id);
        await BecomesAsync(id, "active");
        await RegisteredAsync(id);

        var hook = Assert.Single(Account.Hooks.Values);
        Assert.Equal(new Uri((await ReadAsync(id)).Text("webhook_url")!).AbsolutePath, hook.Url.AbsolutePath);
        var payment = await PayAsync("fare-1");
        await Eventually.BecomesAsync(   // the hint came, and the provider was asked
            async () => (await _api.GetJsonAsync($"/api/v1/payments/{payment}")).Text("status") == "succeeded", TimeSpan.FromSeconds(30),
            _ct);
        var toll = Assert.Single((await _api.GetJsonAsync($"/api/v1/costs?subject_id={payment}"))["data"].EnumerateArray());
        Assert.Equal(
            ("fee", "0.355", "EUR", id),
            (toll.Text("kind"), toll.Text("amount"), toll.Text("currency"), toll.Text("integration_id")));

        await _api.DeleteJsonAsync($"/api/v1/integrations/{id}");
        await Eventually.BecomesAsync(() => Account.Hooks.IsEmpty, TimeSpan.FromSeconds(30), _ct);
        await _hub.Services.GetRequiredService<TokenSweep>().RunAsync(_ct);
        Assert.Empty(await Database.QueryAsync("SELECT origin FROM access_tokens LIMIT 10", new { }, row => row.Text("origin"), _ct));
    }

    [Fact]
    public async Task A_way_in_is_for_one_person_once_and_for_one_who_began_it()
    {
        var id = await CreateAsync(new { client_id = _clientId, client_secret = "client-secret", dock = "north" });
        var callback = await ConnectAsync(id);
        using var browser = new HttpClient();

        using var again = await browser.GetAsync(callback, _ct);
        using var invented = await browser.GetAsync(new Uri(_hub.Address, $"oauth/callback?code=x&state={id}.{new string('a', 43)}"), _ct);
        using var nobody = await browser.GetAsync(new Uri(_hub.Address, "oauth/callback?code=x&state=nonsense"), _ct);

        foreach (var answer in new[] { again, invented, nobody })
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("Not connected", await answer.Content.ReadAsStringAsync(_ct), StringComparison.Ordinal);
        }

        var other = await _api.PostJsonAsync($"/api/v1/integrations/{await TwilioAsync()}/connect");
        Assert.Equal("integration_not_connectable", other.Text("code"));
    }

    [Fact]
    public async Task A_hint_moves_nothing_by_itself_and_is_answered_as_the_provider_wants()
    {
        _hub.Sandbox.Autopay = false;   // nobody pays
        var id = await ConnectedAsync();
        var payment = await PayAsync("fare-2");
        var crossing = Assert.Single(Account.Crossings).Key;
        using var provider = new HttpClient { BaseAddress = _hub.Address };

        using var challenged = await provider.GetAsync(new Uri("api/webhooks/ferry?dock=north&echo=ahoy", UriKind.Relative), _ct);
        using var elsewhere = await provider.GetAsync(new Uri("api/webhooks/ferry?dock=south&echo=ahoy", UriKind.Relative), _ct);
        await Eventually.BecomesAsync(
            async () => await TellAsync("api/webhooks/ferry", "1") is (200, "[accepted] north"), TimeSpan.FromSeconds(30), _ct);
        var named = await TellAsync($"api/webhooks/ferry/{id}", "2");
        var forged = await TellAsync($"api/webhooks/ferry/{id}", "3", "another-secret");

        Assert.Equal("ahoy", await challenged.Content.ReadAsStringAsync(_ct));
        Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);
        Assert.Equal((200, "[accepted] north"), named);
        Assert.Equal(401, forged.Status);
        await Eventually.BecomesAsync(
            async () => (await DeliveriesAsync(payment)).Count(one => one == "verify_payment delivered") >= 2, TimeSpan.FromSeconds(30),
            _ct);
        Assert.Equal("processing", (await _api.GetJsonAsync($"/api/v1/payments/{payment}")).Text("status"));

        async Task<(int Status, string Body)> TellAsync(string path, string nonce, string? secret = null)
        {
            var body = $$"""{"dock": "north", "crossing": "{{crossing}}", "nonce": "{{nonce}}"}""";
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                Headers = { { "X-Ferry-Signature", FerryWebhooks.Sign(secret ?? Account.Hooks.Values.First().Secret, body) } },
            };
            using var answer = await provider.SendAsync(request, _ct);
            var header = answer.Headers.TryGetValues("X-Ferry-Answer", out var values) ? " " + values.Single() : "";
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(_ct) + header);
        }
    }

    [Fact]
    public async Task A_token_that_is_refused_though_it_should_hold_is_renewed_once()
    {
        var id = await ConnectedAsync();
        Account.Desk.Revoke(grant: false);

        var test = await _api.PostJsonAsync($"/api/v1/integrations/{id}/test");

        Assert.True(test["ok"].GetBoolean(), test.ToString());
        var exchanges = await Database.QueryAsync(
            "SELECT request_excerpt FROM attempts WHERE tenant_id = @_tenant LIMIT 100", new { _tenant },
            row => row.FindText("request_excerpt"), _ct);
        Assert.DoesNotContain(exchanges, text => text?.Contains("token", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_grant_that_was_taken_back_puts_it_into_error_until_it_is_connected_again()
    {
        var id = await ConnectedAsync();
        Account.Desk.Revoke(grant: true);
        await PayAsync("fare-3", 202);

        var ended = await BecomesAsync(id, "error");
        Assert.StartsWith("reauthorization_required: The provider does not take", ended.Text("status_reason"), StringComparison.Ordinal);
        await ConnectAsync(id);

        await BecomesAsync(id, "active");
    }

    [Fact]
    public async Task People_are_told_before_credentials_end_and_it_is_in_error_when_they_have()
    {
        var id = await ConnectedAsync();
        Account.Desk.RefreshLifetime = TimeSpan.FromDays(10);
        await ConnectAsync(id);
        var now = TimeProvider.System.GetUtcNow();
        await Eventually.BecomesAsync(
            async () => (await ReadAsync(id)).Text("expires_at") is { } end
                && DateTimeOffset.Parse(end, CultureInfo.InvariantCulture) > now.AddDays(9),
            TimeSpan.FromSeconds(30), _ct);

        await NoticeAsync(now.AddDays(7));
        var told = await EventsAsync("integration.credentials_expiring");
        await NoticeAsync(now.AddSeconds(-1));

        Assert.Equal(id, Assert.Single(told).GetProperty("data").GetProperty("integration").GetProperty("id").GetString());
        Assert.Contains(
            await EventsAsync("alert.raised"),
            alert => alert.GetProperty("data").GetProperty("code").GetString() == "credentials_expiring"
                && alert.GetProperty("data").GetProperty("message").GetString()!.Contains("end in 7 days", StringComparison.Ordinal));
        Assert.StartsWith(
            "reauthorization_required: The credentials have ended", (await BecomesAsync(id, "error")).Text("status_reason"),
            StringComparison.Ordinal);

        async Task NoticeAsync(DateTimeOffset end)
        {
            await Database.ExecuteAsync(
                "UPDATE integrations SET expires_at = @end, expiry_notice_at = @now WHERE tenant_id = @_tenant",
                new { end, now, _tenant }, _ct);
            await _hub.Services.GetRequiredService<ExpiryCalendar>().RunAsync(_ct);
        }
    }

    private protected Task<HubHost> StartAsync(HubHost? beside, Action<IServiceCollection>? services = null) => HubHost.StartAsync(
        _database.Setting, options =>
        {
            options.ConnectorAssemblies.Add(typeof(Ferry).Assembly);
            options.SandboxOptions.Assemblies.Add(typeof(Ferry).Assembly);
            options.Sandbox = beside?.Sandbox;
            options.Services = services;
        },
        _ct);

    private protected HubHost Hub => _hub;

    private protected CancellationToken Token => _ct;

    private protected Database Rows => Database;

    private protected FerryAccount Provider => Account;

    private protected HttpClient ClientOf(HubHost hub) => hub.Client(_key);

    private protected async Task<string> ConnectedAsync()
    {
        var id = await CreateAsync(new { client_id = _clientId, client_secret = "client-secret", dock = "north" });
        await BecomesAsync(id, "error");
        await ConnectAsync(id);
        await BecomesAsync(id, "active");
        await RegisteredAsync(id);
        return id;
    }

    private protected async Task<HubReply> BecomesAsync(string id, string status)
    {
        HubReply? read = null;
        await Eventually.BecomesAsync(
            async () => (read = await ReadAsync(id)).Text("status") == status, TimeSpan.FromSeconds(60), _ct);
        return read!;
    }

    /// <summary>It makes no further calls by itself then.</summary>
    private Task RegisteredAsync(string id) => Eventually.BecomesAsync(
        async () => (await ReadAsync(id))["webhook_setup"].ValueKind == JsonValueKind.Null, TimeSpan.FromSeconds(30), _ct);

    private async Task<string> CreateAsync(object credentials) =>
        (await _api.PostJsonAsync("/api/v1/integrations", new { provider = "ferry", credentials })).Text("id")!;

    private Task<HubReply> ReadAsync(string id) => _api.GetJsonAsync($"/api/v1/integrations/{id}");

    /// <returns>Where the provider's page has led back to.</returns>
    private async Task<Uri> ConnectAsync(string id)
    {
        var begun = await _api.PostJsonAsync($"/api/v1/integrations/{id}/connect");
        Assert.Equal(200, (int)begun.Status);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var page = await browser.GetAsync(new Uri(begun.Text("authorize_url")!), _ct);
        using var back = await browser.GetAsync(page.Headers.Location, _ct);
        Assert.Contains("<h1>Connected", await back.Content.ReadAsStringAsync(_ct), StringComparison.Ordinal);
        return page.Headers.Location!;
    }

    private async Task<string> PayAsync(string reference, int status = 201) => (await _api.PostJsonAsync(
        "/api/v1/payments", new { amount = "4.50", currency = "EUR", reference }, reference, TimeSpan.FromSeconds(10))).Text("id")!;

    private async Task<IReadOnlyList<string>> DeliveriesAsync(string subject) =>
        [.. (await _api.GetJsonAsync($"/api/v1/deliveries?subject_id={subject}"))["data"].EnumerateArray()
            .Select(one => $"{one.GetProperty("capability").GetString()} {one.GetProperty("status").GetString()}")];

    private async Task<IReadOnlyList<JsonElement>> EventsAsync(string type)
    {
        IReadOnlyList<JsonElement> found = [];
        await Eventually.BecomesAsync(
            async () => (found = [.. (await _api.GetJsonAsync($"/api/v1/events?type={type}"))["data"].EnumerateArray()]).Count > 0,
            TimeSpan.FromSeconds(30), _ct);
        return found;
    }

    private async Task<string> TwilioAsync() => (await _api.PostJsonAsync("/api/v1/integrations", new
    {
        provider = "twilio",
        credentials = new
        {
            account_sid = "AC0123456789abcdef0123456789abcdef", auth_token = "0123456789abcdef0123456789abcdef",
            from_number = "+14155550100",
        },
    })).Text("id")!;
}

public sealed class KitTestsOnSqlite(HubDatabases databases) : KitTests(databases, TestDatabases.Sqlite);

/// <summary>And what takes two nodes.</summary>
public sealed class KitTestsOnPostgreSql(HubDatabases databases) : KitTests(databases, TestDatabases.PostgreSql)
{
    [Fact]
    public async Task Nodes_that_all_need_a_new_token_spend_no_refresh_token_twice()
    {
        var id = await ConnectedAsync();
        Provider.Desk.Lifetime = TimeSpan.FromSeconds(30);   // too short to be used twice: every call needs a new one
        Provider.Desk.Revoke(grant: false);
        await using var second = await StartAsync(Hub);
        using var one = ClientOf(Hub);
        using var other = ClientOf(second);
        var before = Provider.Desk.Given;

        var tests = await Task.WhenAll(Enumerable.Range(0, 24).Select(
            i => (i % 2 == 0 ? one : other).PostJsonAsync($"/api/v1/integrations/{id}/test", wait: TimeSpan.FromSeconds(30))));

        Assert.All(tests, test => Assert.True(test["ok"].GetBoolean(), test.ToString()));
        Assert.Equal(0, Provider.Desk.SpentTwice);
        Assert.True(Provider.Desk.Given - before >= 24, $"{Provider.Desk.Given - before} tokens were made");
    }

    [Theory]
    [InlineData(10, "active")]
    [InlineData(0, "error")]
    public async Task After_a_crash_between_the_providers_change_and_ours_the_spent_token_is_tried_once_more(
        int graceMinutes, string status)
    {
        var id = await ConnectedAsync();
        Provider.Desk.Revoke(grant: false);
        Provider.Desk.Grace = TimeSpan.FromMinutes(graceMinutes);
        var dying = await StartAsync(Hub, services => services.AddSingleton(_ => new HttpClient(new DiesWithTheToken())));
        using (var client = ClientOf(dying))
            await client.PostJsonAsync($"/api/v1/integrations/{id}/test", wait: TimeSpan.FromSeconds(10));
        await dying.DisposeAsync();
        Assert.Equal(1, await TakenAsync("renewing IS NOT NULL"));
        using var survivor = ClientOf(Hub);

        var during = survivor.PostJsonAsync($"/api/v1/integrations/{id}/verify");   // waits: who has it may live
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Token);
        Assert.Equal(0, Provider.Desk.SpentTwice);
        await Rows.ExecuteAsync("UPDATE access_tokens SET renewing_until = @past", new { past = TimeProvider.System.GetUtcNow() }, Token);

        await during;
        await Eventually.BecomesAsync(() => Provider.Desk.SpentTwice > 0, TimeSpan.FromSeconds(30), Token);
        var after = await BecomesAsync(id, status);
        Assert.Equal(
            status == "error", after.Text("status_reason")?.StartsWith("reauthorization_required", StringComparison.Ordinal) == true);
    }

    private async Task<int> TakenAsync(string condition) =>
        (await Rows.QueryAsync(
            $"SELECT generation FROM access_tokens WHERE {condition} LIMIT 10", new { }, row => row.Int("generation"), Token)).Count;

    /// <summary>The process ends when the provider's answer is there, and nothing of it is written down.</summary>
    private sealed class DiesWithTheToken() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            return request.RequestUri!.AbsolutePath.EndsWith("/oauth/token", StringComparison.Ordinal)
                ? throw new InvalidOperationException("The process has ended.") : answer;
        }
    }
}
