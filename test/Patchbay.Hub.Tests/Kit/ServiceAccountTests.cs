using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Tokens;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Kit;

/// <summary>How a service account asks for an access token: a statement signed by its key, and no secret of a client.</summary>
public sealed class ServiceAccountTests : IDisposable
{
    private const string TokenUrl = "https://oauth2.googleapis.com/token";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_767_225_600);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly RSA _key = RSA.Create(2048);
    private readonly FakeTokenEndpoint _desk = new();

    public void Dispose()
    {
        _key.Dispose();
        _desk.Dispose();
    }

    /// <summary>The worked example of Gmail's documentation: header, claims and what is signed.</summary>
    [Fact]
    public async Task It_asks_with_a_statement_that_its_key_has_signed_and_sends_no_key()
    {
        var given = await AskAsync("""{"access_token":"ya29.a","expires_in":3599,"token_type":"Bearer"}""");

        Assert.Equal(("ya29.a", Now.AddSeconds(3599), null), (given.Value.Access, given.Value.ExpiresAt, given.Value.Refresh));
        Assert.Equal((new Uri(TokenUrl), null), (_desk.Asked!.RequestUri, _desk.Asked.Headers.Authorization));
        var form = FormFields.Parse(_desk.Body);
        Assert.Equal(["grant_type", "assertion"], form.Select(field => field.Key));
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", form.Find("grant_type"));
        var parts = form.Find("assertion")!.Split('.');
        Same("""{"alg":"RS256","typ":"JWT","kid":"1a2b3c"}""", parts[0]);
        Same(
            """
            {"iss":"svc@proj.iam.gserviceaccount.com","sub":"orders@shop.example","scope":"https://www.googleapis.com/auth/gmail.send",
            "aud":"https://oauth2.googleapis.com/token","iat":1767225600,"exp":1767229200}
            """,
            parts[1]);
        Assert.True(_key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
    }

    [Theory]
    [InlineData(401, """{"error":"unauthorized_client","error_description":"Client is unauthorized"}""", "unauthorized_client", false)]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Invalid JWT"}""", "reauthorization_required", false)]
    [InlineData(503, "", "token_endpoint_503", true)]
    [InlineData(200, """{"token_type":"Bearer"}""", "unreadable_token", true)]
    public async Task What_it_is_refused_for_is_said_and_nothing_has_happened_at_the_provider(
        int status, string body, string code, bool mayPass)
    {
        var failure = (await AskAsync(body, (HttpStatusCode)status)).Error!;

        Assert.Equal(
            (code, mayPass ? FailureOutcome.Transient : FailureOutcome.Rejected), (failure.Code, failure.Outcome));
        Assert.Equal(mayPass ? FailureCause.Provider : FailureCause.Authentication, failure.Cause);
        Assert.True(!mayPass || failure.NothingHappened);
    }

    [Fact]
    public async Task A_key_that_is_none_is_said_before_anything_is_sent()
    {
        var failure = (await AskAsync("{}", key: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")).Error!;

        Assert.Equal(("unreadable_key", null), (failure.Code, _desk.Asked));
        Assert.Contains("private_key", failure.Message, StringComparison.Ordinal);
    }

    private async Task<Result<TokenSet, ProviderFailure>> AskAsync(
        string body, HttpStatusCode status = HttpStatusCode.OK, string? key = null)
    {
        (_desk.Status, _desk.Says) = (status, body);
        using var client = new HttpClient(_desk, disposeHandler: false);
        var oauth = new ManifestOAuth(
            OAuthFlow.ServiceAccount, new Uri(TokenUrl), null, ["https://www.googleapis.com/auth/gmail.send"], false, OAuthClient.Basic);
        var connection = new Connection(
            "int_1", IntegrationMode.Live,
            new Dictionary<string, string>
            {
                ["client_email"] = "svc@proj.iam.gserviceaccount.com", ["private_key_id"] = "1a2b3c", ["subject"] = "orders@shop.example",
            },
            new Dictionary<string, Secret> { ["private_key"] = new(key ?? _key.ExportPkcs8PrivateKeyPem()) },
            new Dictionary<string, string>(), new Uri("https://hub.example/"));
        var source = new TokenSource(new TenantId(Guid.Empty), new IntegrationId(Guid.Empty), oauth, oauth.TokenUrl, connection);
        return await new TokenEndpoint(client, new ManualTime(Now)).RenewAsync(source, null, _ct);
    }

    private static void Same(string expected, string part) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(Base64Url.DecodeFromChars(part))),
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part)));
}
