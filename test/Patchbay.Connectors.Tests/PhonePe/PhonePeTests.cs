using System.Net;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Connectors.PhonePe;
using Patchbay.Connectors.Tests.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What it is asked and answers is in <c>Recordings/phonepe.yaml</c>.</summary>
public sealed class PhonePeTests() : PaymentConnectorContract("phonepe")
{
    private static readonly Uri Url = new("https://api.phonepe.com/apis/identity-manager/v1/oauth/token");

    /// <summary>PhonePe's own SDK tests the first.</summary>
    [Theory]
    [InlineData("username", "password", "bc842c31a9e54efe320d30d948be61291f3ceee4766e36ab25fa65243cd76e0e")]
    [InlineData("hook_user", "Hook12345", "879f5e1246cd6295df99f88e14e19bd8b13b85a61c6f1efc3d0e0abf45f5968d")]
    public void A_webhook_is_proved_as_in_the_worked_examples(string user, string password, string proof)
    {
        var connection = Provider.Connect(changes: new() { ["webhook_username"] = user, ["webhook_password"] = password });

        Assert.Equal(proof, Convert.ToHexStringLower(PhonePeWebhooks.Proof(user, new Secret(password))));
        Assert.All([proof, proof.ToUpperInvariant(), "SHA256 " + proof], given => Assert.True(IsGenuine(given)));
        Assert.All([proof[..^1] + "f", proof[..^2], proof + "00", ""], given => Assert.False(IsGenuine(given)));

        bool IsGenuine(string given) =>
            Receiver.IsGenuine(Webhooks.Post("https://hub.example/x", "{}", ("Authorization", given)), connection);
    }

    [Fact]
    public async Task A_token_is_asked_for_with_the_clients_version_and_renewed_five_minutes_early()
    {
        using var message = new PhonePeTokens().TokenRequest(Url, Provider.Connect());
        var read = Answer(
            200,
            """
            {"access_token":"t-1","encrypted_access_token":"","refresh_token":"","expires_in":0,"issued_at":1735732800,
             "expires_at":1735736400,"session_expires_at":1735736400,"token_type":"O-Bearer"}
            """);

        Assert.Equal((HttpMethod.Post, Url), (message.Method, message.RequestUri));
        Assert.Equal(
            "client_id=EXAMPLEUAT_2603010000000000&client_version=1&client_secret=00000000-1111-2222-3333-444444444444"
                + "&grant_type=client_credentials",
            await message.Content!.ReadAsStringAsync(Token));
        Assert.Equal(
            ("t-1", DateTimeOffset.FromUnixTimeSeconds(1735736400 - 240)), (read.Value.Value.Reveal(), read.Value.ExpiresAt));
    }

    [Theory]
    [InlineData(400, """{"code":"INVALID_CLIENT","message":"Client Authentication Failure"}""", "INVALID_CLIENT", FailureOutcome.Rejected)]
    [InlineData(401, """{"errorCode":"X"}""", "X", FailureOutcome.Rejected)]
    [InlineData(200, """{"access_token":"t-1"}""", "unreadable_answer", FailureOutcome.Unknown)]
    [InlineData(200, """{"expires_at":1735736400}""", "unreadable_answer", FailureOutcome.Unknown)]
    public void Keys_that_are_refused_are_told_so(int status, string body, string code, FailureOutcome outcome)
    {
        var failure = Answer(status, body).Error!;

        Assert.Equal((code, outcome), (failure.Code, failure.Outcome));
        Assert.Equal(outcome == FailureOutcome.Rejected, failure.Cause == FailureCause.Authentication);
    }

    private static Result<AccessToken, ProviderFailure> Answer(int status, string body)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        return new PhonePeTokens().ReadToken(
            new ProviderReply(response.StatusCode, response.Headers, Encoding.UTF8.GetBytes(body), Webhooks.Noon));
    }
}
