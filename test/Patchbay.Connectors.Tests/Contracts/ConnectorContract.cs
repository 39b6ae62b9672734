using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Contracts;

/// <summary>What holds for every provider, shown by its recordings.</summary>
public abstract class ConnectorContract
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private protected ConnectorContract(string provider) =>
        (Provider, Recorded) = (ProviderUnderTest.Named(provider), Recording.Of(provider));

    private protected ProviderUnderTest Provider { get; }

    private protected Recording Recorded { get; }

    [Fact]
    public Task Calls_go_out_and_answers_are_understood_as_recorded() => ForEachAsync(Recorded.Calls, async call =>
    {
        var fake = Play(call);

        var told = await CallAsync(call, fake);

        AssertAsked(call, fake);
        if (call["fails"] is { } failure)
            JsonFit.Assert(failure, ContractJson.Write(told.Error), "fails");
        else
            JsonFit.Assert(
                call.ContainsKey("gives") ? call["gives"] : throw new InvalidOperationException("Neither gives nor fails."),
                ContractJson.Write(told.Value), "gives");
    });

    [Fact]
    public Task A_base_address_may_have_a_path_of_its_own() => ForEachAsync(Recorded.Calls, async call =>
    {
        var fake = Play(call, free: true);

        await CallAsync(call, fake, baseUrl: "http://127.0.0.1:5099/sandbox/");

        Assert.All(fake.Requests, request => Assert.StartsWith("/sandbox/", request.Uri.AbsolutePath, StringComparison.Ordinal));
    });

    [Fact]
    public Task No_secret_is_in_an_exchange_or_in_a_failure() => ForEachAsync(Recorded.Calls, async call =>
    {
        var connection = Connection(call);
        var secrets = connection.Secrets.Values.Select(secret => secret.Reveal()).ToList();
        var fake = new FakeProvider().Answers(string.Join(' ', secrets), 500);
        var http = fake.Http(secrets: [.. connection.Secrets.Values]);

        var told = await CallAsync(call, http);

        var written = string.Join(
            '\n', http.Exchanges.Select(exchange => exchange.RequestExcerpt + exchange.ResponseExcerpt).Append(told.Error?.ToString()));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, written, StringComparison.Ordinal));
    });

    [Fact]
    public void Webhooks_are_read_as_recorded() => ForEach(Recorded.Webhooks, webhook =>
    {
        var events = Receiver.Read(Request(webhook), Connection(webhook));

        if (webhook["unmapped"] is not null)
            Assert.IsType<UnmappedEvent>(Assert.Single(events));
        else
            JsonFit.Assert(webhook["gives"]!, new JsonArray([.. events.Select(ContractJson.Write)]), "gives");
        if (webhook.ContainsKey("id"))
            Assert.Equal(webhook["id"]?.ToString(), Receiver.EventId(Request(webhook)));
    });

    [Fact]
    public void A_signature_proves_what_is_recorded() => ForEach(Recorded.Signatures, signed =>
        Assert.Equal(signed["genuine"]!.GetValue<bool>(), Receiver.IsGenuine(Request(signed), Connection(signed))));

    [Fact]
    public void A_forged_signature_is_found_out() => ForEach(Genuine, signed =>
    {
        var (request, connection) = (Request(signed), Connection(signed));
        var others = connection.Secrets.ToDictionary(secret => secret.Key, _ => new Secret("another-secret-than-that"));

        Assert.False(Receiver.IsGenuine(request, connection with { Secrets = others }), "with another secret");
        if (request.Headers.Count == 0)
            return;   // its address is the proof
        Assert.False(Receiver.IsGenuine(request with { Headers = new Dictionary<string, string>() }, connection), "without headers");
        Assert.All(["", "AAAA", "not base64!"], value => Assert.False(
            Receiver.IsGenuine(
                request with { Headers = request.Headers.ToDictionary(header => header.Key, _ => value) }, connection), value));
    });

    [Fact]
    public void The_secret_before_a_rotation_passes_too() => ForEach(Genuine, signed =>
    {
        var connection = Connection(signed);
        var rotated = connection.Secrets.Where(secret => Provider.Manifest.SecretFields.Contains(secret.Key + "_previous")).ToList();
        var secrets = new Dictionary<string, Secret>(connection.Secrets);
        foreach (var (name, secret) in rotated)
            (secrets[name], secrets[name + "_previous"]) = (new Secret("the-next-secret"), secret);

        Assert.NotEmpty(rotated);
        Assert.True(Receiver.IsGenuine(Request(signed), connection with { Secrets = secrets }));
    });

    [Fact]
    public void The_manifest_declares_what_is_recorded() =>
        JsonFit.Assert(
            Recorded.Manifest,
            new JsonObject
            {
                ["secrets"] = new JsonArray([.. Provider.Manifest.SecretFields.Select(field => JsonValue.Create(field))]),
                ["idempotency"] = ContractJson.Write(Provider.Manifest.Idempotency),
            },
            "manifest");

    [Fact]
    public void Everything_it_can_be_asked_is_recorded() => Assert.All(
        ContractMethod.All.Where(method => Provider.Has(method.Contract)),
        method => Shown($"a good answer to {method.Word}", Recorded.Calls, call =>
            call["call"]!.ToString() == method.Word && call["gives"] is not null));

    [Fact]
    public void Refusals_are_recorded()
    {
        Shown("wrong credentials", Recorded.Calls, call => Is(call, "verify_credentials", "rejected", "authentication"));
        Assert.All(ContractMethod.All.Where(method => method.Acts && Provider.Has(method.Contract)).Take(1), method =>
        {
            Shown("a wrong request", Recorded.Calls, call => Is(call, method.Word, "rejected", "request"));
            Shown("a fault of the provider", Recorded.Calls, call => Is(call, method.Word, "transient", "provider"));
            Shown("a rate limit with its wait", Recorded.Calls, call =>
                Is(call, method.Word, "transient", "rate_limit") && call["fails"]!["retry_after"] is not null);
        });
        Shown("a webhook with a word the map does not know", Recorded.Webhooks, webhook => webhook["unmapped"] is not null);
        Shown("a webhook that is not about anything of the hub", Recorded.Webhooks, webhook => webhook["gives"] is JsonArray { Count: 0 });
        Shown("a genuine signature", Recorded.Signatures, signed => signed["genuine"]!.GetValue<bool>());
        Shown("a body or address that was changed", Recorded.Signatures, signed => !signed["genuine"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_double_takes_the_examples_credentials_and_refuses_wrong_ones()
    {
        await using var there = await AgainstDouble.StartAsync(Provider, _ct);

        var good = await there.CallAsync("verify_credentials", null, _ct);
        var wrong = await there.CallAsync("verify_credentials", null, _ct, there.Wrong);

        Assert.Null(good.Error);
        Assert.Equal((FailureOutcome.Rejected, FailureCause.Authentication), (wrong.Error?.Outcome, wrong.Error?.Cause));
    }

    private protected CancellationToken Token => _ct;

    private protected IReceiveWebhooks Receiver => (IReceiveWebhooks)Provider.Make(typeof(IReceiveWebhooks), new FakeProvider().Http());

    private protected IEnumerable<JsonObject> Genuine => Recorded.Signatures.Where(signed => signed["genuine"]!.GetValue<bool>());

    private protected static bool Is(JsonObject call, string word, string outcome, string cause) => call["call"]!.ToString() == word
        && call["fails"]?["outcome"]?.ToString() == outcome && call["fails"]!["cause"]?.ToString() == cause;

    private protected static void Shown(string what, IEnumerable<JsonObject> rows, Func<JsonObject, bool> isIt) =>
        Assert.True(rows.Any(isIt), $"The recordings do not show {what}.");

    private protected Connection Connection(JsonObject row) => Provider.Connect(
        row["mode"]?.ToString() == "live" ? IntegrationMode.Live : IntegrationMode.Sandbox, row["credentials"] as JsonObject);

    private protected static WebhookRequest Request(JsonObject row)
    {
        var body = row["body"] is JsonObject json ? json.ToJsonString() : row["body"]?.ToString() ?? "";
        var headers = (row["headers"] as JsonObject ?? []).Select(header => (header.Key, header.Value!.ToString())).ToArray();
        var url = row["url"]?.ToString() ?? "https://hub.example/api/webhooks/x/int_01?ref=msg_01";
        var request = row["method"]?.ToString() == "GET" ? Webhooks.Get(url, headers) : Webhooks.Post(url, body, headers);
        if (row["key"] is { } key)
            request = request with { Key = new WebhookKey(Encoding.ASCII.GetBytes(key.ToString()), IsElsewhere: true) };
        return At(row) is { } at ? request with { ReceivedAt = at } : request;
    }

    /// <summary>In seconds since 1970; null where the recording does not say when.</summary>
    private static DateTimeOffset? At(JsonObject row) =>
        row["at"] is { } at ? DateTimeOffset.FromUnixTimeSeconds((long)at.GetValue<decimal>()) : null;

    /// <summary>The provider as it answers in the recording.</summary>
    /// <param name="free">Without the specification, whose paths begin at the root.</param>
    private protected FakeProvider Play(JsonObject call, bool free = false)
    {
        var fake = free || call["spec"] is not null ? new FakeProvider() : Provider.Fake();
        foreach (var asked in Asks(call))
            fake.Answers(asked);
        return fake;
    }

    private protected Task<Told> CallAsync(JsonObject call, FakeProvider fake, string baseUrl = "https://provider.example/") =>
        CallAsync(call, fake.Http(baseUrl: baseUrl, at: At(call)));

    private Task<Told> CallAsync(JsonObject call, ProviderHttp http) =>
        ContractMethod.Named(call["call"]!.ToString()).CallAsync(Provider, http, Connection(call), call["with"] as JsonObject, _ct);

    private static void AssertAsked(JsonObject call, FakeProvider fake)
    {
        var asks = Asks(call).ToList();
        Assert.Equal(asks.Count, fake.Requests.Count);
        foreach (var (asked, request) in asks.Zip(fake.Requests))
        {
            if (asked["line"] is { } line)
                Assert.Equal(line.ToString(), request.Line);
            if (asked["media"] is { } media)
                Assert.Equal(media.ToString(), request.MediaType);
            if (asked["form"] is { } form)
                Assert.Equal(form.ToString(), request.FormLines);
            foreach (var has in asked["has"] as JsonArray ?? [])
                Assert.Contains(has!.ToString(), request.FormLines.Split('\n'));
            if (asked["json"] is { } json)
                Assert.True(JsonFit.Same(json, request.Body), request.Body);
            foreach (var (name, value) in asked["headers"] as JsonObject ?? [])
                Assert.Equal(value!.ToString(), request.Headers[name]);
        }
    }

    private static IEnumerable<JsonObject> Asks(JsonObject call) => Recording.Asks(call);

    private protected static void ForEach(IEnumerable<JsonObject> rows, Action<JsonObject> check) =>
        ForEachAsync(rows, row =>
        {
            check(row);
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();

    /// <summary>Every row is tried, and every fault is named with the row it is in.</summary>
    private protected static async Task ForEachAsync(IEnumerable<JsonObject> rows, Func<JsonObject, Task> check)
    {
        var faults = new List<string>();
        foreach (var row in rows)
        {
            try
            {
                await check(row);
            }
            catch (Exception exception)
            {
                faults.Add($"{row["it"]}: {exception.Message}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }
}
