using System.Net;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Tokens;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Kit;

/// <summary>Access tokens that a provider gives in a way of its own: its connector says how, all else is as with OAuth.</summary>
public sealed class OwnTokensTests : IDisposable
{
    private const string Manifest = """
        name: turnstile
        display_name: Turnstile
        version: "1.0"
        categories: [payment]
        capabilities: []
        description: Lives in this test only.
        docs_url: https://turnstile.example/docs
        base_urls: { live: https://api.turnstile.example/, sandbox: https://sandbox.turnstile.example/ }
        credentials: { type: object, properties: { user: { type: string } } }
        oauth:
          flow: own
          token_url: https://login.turnstile.example/enter
          sandbox_token_url: https://sandbox.turnstile.example/try/enter
          scheme: T-Ticket
        verify: Enters.
        """;

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_767_225_600);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly FakeTokenEndpoint _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task It_is_asked_for_as_the_connector_says_and_holds_as_long_as_it_reads()
    {
        var given = await AskAsync("""{"ticket":"t-1","ends":1767229200}""");

        Assert.Equal(("t-1", Now.AddHours(1), null), (given.Value.Access, given.Value.ExpiresAt, given.Value.Refresh));
        Assert.Equal(
            (HttpMethod.Post, "https://login.turnstile.example/enter", "ann:hush-hush"),
            (_desk.Asked!.Method, _desk.Asked.RequestUri!.ToString(), _desk.Body));
        Assert.Null(_desk.Asked.Headers.Authorization);
    }

    [Theory]
    [InlineData(403, "", "not_let_in", FailureOutcome.Rejected, FailureCause.Authentication)]
    [InlineData(200, "<html>", "unreadable_answer", FailureOutcome.Transient, FailureCause.Provider)]
    [InlineData(429, "", "token_endpoint_429", FailureOutcome.Transient, FailureCause.Provider)]
    [InlineData(503, "", "token_endpoint_503", FailureOutcome.Transient, FailureCause.Provider)]
    public async Task Whatever_it_is_refused_for_nothing_has_happened_at_the_provider(
        int status, string says, string code, FailureOutcome outcome, FailureCause cause)
    {
        var failure = (await AskAsync(says, (HttpStatusCode)status)).Error!;

        Assert.Equal((code, outcome, cause, true), (failure.Code, failure.Outcome, failure.Cause, failure.NothingHappened));
    }

    [Fact]
    public void Credentials_that_are_changed_have_tokens_of_their_own()
    {
        Assert.Equal(Source().Origin, Source().Origin);
        Assert.NotEqual(Source().Origin, Source(user: "bob").Origin);
        Assert.NotEqual(Source().Origin, Source(password: "sh-sh-sh-sh").Origin);
    }

    [Fact]
    public async Task It_is_sent_in_the_providers_own_scheme_and_another_one_after_a_401()
    {
        _desk.Status = HttpStatusCode.Unauthorized;
        using var client = new HttpClient(_desk, disposeHandler: false);
        var tickets = new Tickets();
        var http = new ProviderHttp(
            client, new Uri("https://api.turnstile.example/"), [], TimeSpan.FromSeconds(5), new ManualTime(Now), tickets);
        using var message = new HttpRequestMessage(HttpMethod.Get, "gate");

        var reply = await http.SendAsync(message, answer => HttpFailures.Classify(answer, null, null), _ct);

        Assert.Equal(FailureCause.Authentication, reply.Error?.Cause);
        Assert.Equal("T-Ticket t-2", _desk.Asked!.Headers.Authorization!.ToString());
        Assert.Equal([null, "t-1"], tickets.Refused);
    }

    [Fact]
    public void A_manifest_says_where_and_how_and_needs_no_fields_of_a_client()
    {
        var oauth = ManifestReader.Read("turnstile", Manifest).OAuth!;

        Assert.Equal((OAuthFlow.Own, "T-Ticket"), (oauth.Flow, oauth.Scheme));
        Assert.Equal(
            ("https://login.turnstile.example/enter", "https://sandbox.turnstile.example/try/enter"),
            (oauth.TokenUrl.ToString(), oauth.SandboxTokenUrl!.ToString()));
        var insecure = Manifest.Replace("https://sandbox.turnstile.example/try", "http://no", StringComparison.Ordinal);
        var wrong = Assert.Throws<ManifestException>(() => ManifestReader.Read("turnstile", insecure));
        Assert.Contains("oauth.sandbox_token_url: an https address is required", wrong.Message, StringComparison.Ordinal);
    }

    private async Task<Result<TokenSet, ProviderFailure>> AskAsync(string says, HttpStatusCode status = HttpStatusCode.OK)
    {
        (_desk.Status, _desk.Says) = (status, says);
        using var client = new HttpClient(_desk, disposeHandler: false);
        return await new TokenEndpoint(client, new ManualTime(Now)).RenewAsync(Source(), null, _ct);
    }

    private static TokenSource Source(string user = "ann", string password = "hush-hush")
    {
        var oauth = ManifestReader.Read("turnstile", Manifest).OAuth!;
        var connection = new Connection(
            "int_1", IntegrationMode.Live, new Dictionary<string, string> { ["user"] = user },
            new Dictionary<string, Secret> { ["password"] = new(password) }, new Dictionary<string, string>(),
            new Uri("https://hub.example/"));
        return new TokenSource(
            new TenantId(Guid.Empty), new IntegrationId(Guid.Empty), oauth, oauth.TokenUrl, connection, new TurnstileTokens());
    }

    private sealed class TurnstileTokens : IRequestTokens
    {
        public HttpRequestMessage TokenRequest(Uri url, Connection connection) => new(HttpMethod.Post, url)
        {
            Content = new StringContent($"{connection.Value("user")}:{connection.Secret("password").Reveal()}"),
        };

        public Result<AccessToken, ProviderFailure> ReadToken(ProviderReply reply)
        {
            if (!reply.IsSuccess)
                return ProviderFailure.Rejected(FailureCause.Authentication, "not_let_in", "Nobody knows you.");
            try
            {
                var body = JsonNode.Parse(reply.Body.Span)!;
                return new AccessToken(
                    new Secret(body["ticket"]!.GetValue<string>()), DateTimeOffset.FromUnixTimeSeconds(body["ends"]!.GetValue<long>()));
            }
            catch (System.Text.Json.JsonException)
            {
                return ProviderFailure.Unreadable("No ticket.");
            }
        }
    }

    private sealed class Tickets : IAccessTokens
    {
        public List<string?> Refused { get; } = [];

        public string Scheme => "T-Ticket";

        public Task<Result<Secret, ProviderFailure>> GetAsync(Secret? refused, CancellationToken cancellationToken)
        {
            Refused.Add(refused?.Reveal());
            return Task.FromResult<Result<Secret, ProviderFailure>>(new Secret($"t-{Refused.Count}"));
        }
    }
}
