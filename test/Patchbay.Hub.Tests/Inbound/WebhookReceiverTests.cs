using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Tests.Support;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Inbound;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Inbound;

public sealed class WebhookReceiverTests(HubDatabases databases) : IAsyncLifetime
{
    private static readonly string TwilioToken = new('b', 32);

    private TestDatabase _database = null!;
    private InboundHub _hub = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(TestDatabases.Sqlite, Token);
        _hub = await InboundHub.StartAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_genuine_webhook_is_acknowledged_with_an_empty_answer_and_applied()
    {
        await _hub.GivenLetterAsync("letter-1");
        var integration = await _hub.GivenIntegrationAsync();

        using var answer = await _hub.DeliverAsync(integration, InboundHub.Report("evt_1", ("letter-1", "delivered")));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
        var entry = await _hub.BecomesAsync("processed");
        Assert.Equal(("evt_1", "let_letter-1", 0), (entry.GetProperty("event_id").GetString(), entry.GetProperty("subjects")[0].GetString(),
            entry.GetProperty("duplicates").GetInt32()));
        Assert.Equal((int)MessageStatus.Delivered, (await _hub.LetterAsync("letter-1")).Rank);
    }

    [Fact]
    public async Task A_forged_webhook_is_refused_counted_and_leaves_nothing_behind()
    {
        var integration = await _hub.GivenIntegrationAsync();
        using var counted = new Counted(_hub.Host.Services, "patchbay.inbound.rejected");

        using var answer = await _hub.DeliverAsync(
            integration, InboundHub.Report("evt_1", ("letter-1", "delivered")), secret: "not the secret");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("signature_invalid", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Empty(await _hub.InboxAsync());
        Assert.Equal([new("provider", Postbox.Name)], Assert.Single(counted.Labels));
    }

    [Fact]
    public async Task Forgeries_for_a_known_integration_write_nothing()
    {
        var integration = await _hub.GivenIntegrationAsync();
        (await _hub.DeliverAsync(integration, "{}", secret: "wrong")).Dispose();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Token);   // its first check is over
        var ledger = _hub.Host.Services.GetRequiredService<Ledger>();
        var before = ledger.Committed.Entries;

        for (var i = 0; i < 200; i++)
        {
            using var answer = await _hub.DeliverAsync(integration, "{}", secret: "wrong");
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests);
        }

        Assert.InRange(ledger.Committed.Entries - before, 0, 5);   // heartbeats and the like
    }

    [Fact]
    public async Task A_signature_that_is_too_old_is_refused()
    {
        var integration = await _hub.GivenIntegrationAsync();
        var body = InboundHub.Report("evt_1", ("letter-1", "delivered"));

        using var answer = await _hub.SendAsync(
            HttpMethod.Post, $"api/webhooks/postbox/{integration}", Encoding.UTF8.GetBytes(body),
            Postbox.Sign(body, _hub.Time.GetUtcNow().AddMinutes(-6)));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(await _hub.InboxAsync());
    }

    [Fact]
    public async Task During_a_rotation_both_secrets_work_and_afterwards_only_the_new_one()
    {
        var integration = await _hub.GivenIntegrationAsync(credentials: new { secret = "the-new-one", secret_previous = "the-old-one" });

        using var byOld = await _hub.DeliverAsync(integration, InboundHub.Report("evt_1"), "the-old-one");
        using var byNew = await _hub.DeliverAsync(integration, InboundHub.Report("evt_2"), "the-new-one");
        var cleared = await _hub.Api.PatchJsonAsync($"api/v1/integrations/{integration}", """{"credentials":{"secret_previous":null}}""");
        Assert.Equal(HttpStatusCode.OK, cleared.Status);
        var path = $"api/v1/integrations/{integration}";
        await Eventually.BecomesAsync(   // until it is verified, either is taken
            async () => (await _hub.Api.GetJsonAsync(path))["new_credentials"].ValueKind == JsonValueKind.Null,
            TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        using var afterwards = await _hub.DeliverAsync(integration, InboundHub.Report("evt_3"), "the-old-one");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized),
            (byOld.StatusCode, byNew.StatusCode, afterwards.StatusCode));
    }

    [Fact]
    public async Task An_integration_that_is_unknown_deleted_or_of_another_provider_is_not_found()
    {
        var deleted = await _hub.GivenIntegrationAsync();
        using var before = await _hub.DeliverAsync(deleted, InboundHub.Report("evt_1"));
        // Its first check may change it at the same moment, and then the request has to be repeated.
        await Eventually.BecomesAsync(
            async () => (await _hub.Api.DeleteJsonAsync($"api/v1/integrations/{deleted}")).Status == HttpStatusCode.OK,
            TimeSpan.FromSeconds(60), Token);
        var other = await _hub.GivenIntegrationAsync();
        var unknown = new IdGenerator(TimeProvider.System).New<IntegrationId>();

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        string[] paths = [$"postbox/{unknown}", $"postbox/{deleted}", $"stripe/{other}", $"nobody/{other}", "postbox/nonsense", "nobody"];
        var bodies = new HashSet<string>();
        foreach (var path in paths)
        {
            var body = InboundHub.Report("evt_2");
            using var answer = await _hub.SendAsync(
                HttpMethod.Post, "api/webhooks/" + path, Encoding.UTF8.GetBytes(body), Postbox.Sign(body, _hub.Time.GetUtcNow()));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            bodies.Add((await answer.Content.ReadAsStringAsync(Token)).Split("\"trace_id\"")[0]);
        }

        Assert.Single(bodies);   // nothing tells one case from another
    }

    [Fact]
    public async Task A_webhook_for_an_integration_that_was_switched_off_counts_all_the_same()
    {
        await _hub.GivenLetterAsync("letter-1");
        var integration = await _hub.GivenIntegrationAsync();
        await Eventually.BecomesAsync(
            async () => (await _hub.Api.PostJsonAsync($"api/v1/integrations/{integration}/disable")).Status == HttpStatusCode.OK,
            TimeSpan.FromSeconds(60), Token);

        using var answer = await _hub.DeliverAsync(integration, InboundHub.Report("evt_1", ("letter-1", "delivered")));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await _hub.BecomesAsync("processed");
    }

    [Fact]
    public async Task A_body_over_one_mebibyte_is_refused_and_one_of_just_that_size_is_taken()
    {
        var integration = await _hub.GivenIntegrationAsync();
        var report = InboundHub.Report("evt_1");
        var largest = report + new string(' ', (1024 * 1024) - report.Length);

        using var taken = await _hub.DeliverAsync(integration, largest);
        using var refused = await _hub.DeliverAsync(integration, largest + " ");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge), (taken.StatusCode, refused.StatusCode));
        Assert.Equal(1024 * 1024, (await _hub.OnlyEntryAsync()).GetProperty("body_length").GetInt32());
    }

    [Fact]
    public async Task The_request_is_kept_byte_for_byte_without_credentials()
    {
        var integration = await _hub.GivenIntegrationAsync();
        const string Body = "{ \"id\":\"evt_1\",\r\n\t\"letters\":[] , \"extra\": \"\\u00e9 é ✓ \u0000\" }";

        using var answer = await _hub.SendAsync(
            HttpMethod.Post, $"api/webhooks/postbox/{integration}?a=%2f%2F&b=x+y&&c", Encoding.UTF8.GetBytes(Body),
            [.. Postbox.Sign(Body, _hub.Time.GetUtcNow()), ("Authorization", "Bearer hidden"), ("Cookie", "hidden=1"), ("X-Other", "one"),
                ("X-Other", "two")]);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var stored = await _hub.Database.FindAsync(
            "SELECT * FROM inbox WHERE tenant_id = @Tenant LIMIT 1", new { _hub.Tenant }, InboxTable.Instance.ReadWhole, Token);
        Assert.Equal(Encoding.UTF8.GetBytes(Body), stored!.Raw!.Body);
        Assert.EndsWith($"{integration}?a=%2f%2F&b=x+y&&c", stored.Raw.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", stored.Raw.Headers, StringComparison.Ordinal);
        Assert.Contains("one, two", stored.Raw.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stripe_is_recognised_by_its_signature()
    {
        await _hub.GivenLetterAsync("pay_01");
        var integration = await _hub.GivenIntegrationAsync("stripe", new { secret_key = "sk_test_1", webhook_secret = "whsec_00000001" });
        const string Body = """
            {"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","object":"payment_intent","amount":1099,
            "amount_received":1099,"currency":"eur","status":"succeeded","metadata":{"reference":"pay_01"}}}}
            """;
        var time = _hub.Time.GetUtcNow().ToUnixTimeSeconds();
        var signature = Convert.ToHexStringLower(Signatures.HmacSha256(new Secret("whsec_00000001"), $"{time}.{Body}"));
        Task<HttpResponseMessage> Send(string header) =>
            _hub.SendAsync(
                HttpMethod.Post, $"api/webhooks/stripe/{integration}", Encoding.UTF8.GetBytes(Body), ("Stripe-Signature", header));

        using var forged = await Send($"t={time + 1},v1={signature}");
        using var genuine = await Send($"t={time},v1={signature}");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (forged.StatusCode, genuine.StatusCode));
        await _hub.BecomesAsync("processed");
        Assert.Equal((int)PaymentStatus.Succeeded, (await _hub.LetterAsync("pay_01")).Rank);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    public async Task Twilio_signs_the_public_address_with_the_query_as_it_was_sent(string method)
    {
        await _hub.GivenLetterAsync("msg/1");
        var integration = await _hub.GivenIntegrationAsync(
            "twilio", new { account_sid = "AC" + new string('a', 32), auth_token = TwilioToken, from_number = "+14155550100" });
        var isGet = method == "GET";
        var path = $"api/webhooks/twilio/{integration}?ref=msg%2f1&x=%7e+" + (isGet ? "&MessageSid=SM1&MessageStatus=delivered" : "");
        var signature = Convert.ToBase64String(
            Signatures.HmacSha1(new Secret(TwilioToken), _hub.Host.Address + path + (isGet ? "" : "MessageSidSM1MessageStatusdelivered")));
        var body = Encoding.UTF8.GetBytes("MessageStatus=delivered&MessageSid=SM1");

        using var answer = await _hub.SendAsync(new HttpMethod(method), path, body, ("X-Twilio-Signature", signature));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await _hub.BecomesAsync("processed");
        Assert.Equal((int)MessageStatus.Delivered, (await _hub.LetterAsync("msg/1")).Rank);
    }

    [Fact]
    public async Task An_address_without_an_integration_finds_the_one_whose_secret_fits()
    {
        await _hub.GivenIntegrationAsync(credentials: new { secret = "the-first-one" });
        var fits = await _hub.GivenIntegrationAsync(credentials: new { secret = "the-second-one" });
        var (_, strangersKey) = await _hub.Host.CreateTenantAsync("Stranger", Token);
        using var stranger = _hub.Host.Client(strangersKey);
        await _hub.GivenIntegrationAsync(credentials: new { secret = "the-third-one" }, api: stranger);

        using var taken = await Unnamed("the-second-one");
        using var refused = await Unnamed("the-fourth-one");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (taken.StatusCode, refused.StatusCode));
        Assert.Equal(fits, (await _hub.OnlyEntryAsync()).GetProperty("integration_id").GetString());
    }

    [Fact]
    public async Task An_address_without_an_integration_is_refused_when_two_would_fit()
    {
        await _hub.GivenIntegrationAsync();
        await _hub.GivenIntegrationAsync();

        using var answer = await Unnamed(Postbox.Secret);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(await _hub.InboxAsync());
    }

    private Task<HttpResponseMessage> Unnamed(string secret)
    {
        var body = InboundHub.Report("evt_1");
        return _hub.SendAsync(
            HttpMethod.Post, "api/webhooks/postbox", Encoding.UTF8.GetBytes(body), Postbox.Sign(body, _hub.Time.GetUtcNow(), secret));
    }
}
