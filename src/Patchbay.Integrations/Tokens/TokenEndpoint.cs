using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Integrations.Tokens;

/// <summary>
/// Asks a provider's token endpoint (RFC 6749, sections 4.1.3, 4.4 and 6; RFC 7523 for service accounts), or in the provider's own way.
/// Nothing of what is sent or received is kept in the attempt's record.
/// </summary>
public sealed class TokenEndpoint(HttpClient client, TimeProvider time)
{
    /// <summary>The word for a grant that has ended or was revoked: a person has to give a new one.</summary>
    public const string ReauthorizationRequired = "reauthorization_required";

    private const int MaxReplyBytes = 64 * 1024;
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private static readonly ProviderFailure NotConnected = ProviderFailure.Rejected(
        FailureCause.Authentication, ReauthorizationRequired,
        "Nobody has connected the integration yet: POST /api/v1/integrations/{id}/connect tells where a person does.");

    private static readonly ProviderFailure NoKey = ProviderFailure.Rejected(
        FailureCause.Authentication, "unreadable_key", "credentials.private_key is no RSA key in PEM. Enter it again, with all its lines.");

    /// <param name="refresh">The newest refresh token; null: that of the credentials.</param>
    public async Task<Result<TokenSet, ProviderFailure>> RenewAsync(
        TokenSource source, string? refresh, CancellationToken cancellationToken)
    {
        var form = Scoped(source.OAuth);
        switch (source.OAuth.Flow)
        {
            case OAuthFlow.Own:
                return await AskAsync(
                    source.Own!.TokenRequest(source.TokenUrl, source.Connection), reply => ReadOwn(source, reply), cancellationToken);
            case OAuthFlow.ClientCredentials:
                form["grant_type"] = "client_credentials";
                break;
            case OAuthFlow.ServiceAccount:
                if (ServiceAccountJwt.Make(source, time.GetUtcNow()) is not { } jwt)
                    return NoKey;
                form = new Dictionary<string, string> { ["grant_type"] = JwtBearer, ["assertion"] = jwt };
                break;
            default:
                refresh ??= source.Connection.FindSecret("refresh_token")?.Reveal();
                if (refresh is null)
                    return NotConnected;
                form = new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = refresh };
                break;
        }

        return await AskAsync(source, form, refresh, cancellationToken);
    }

    /// <summary>What a person brought from the provider's page.</summary>
    /// <param name="verifier">Of the code challenge; null without.</param>
    public Task<Result<TokenSet, ProviderFailure>> ExchangeAsync(
        TokenSource source, string code, string? verifier, Uri redirect, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirect.ToString(),
        };
        if (verifier is not null)
            form["code_verifier"] = verifier;
        return AskAsync(source, form, null, cancellationToken);
    }

    private static Dictionary<string, string> Scoped(ManifestOAuth oauth) =>
        oauth.Scopes.Count == 0 ? [] : new Dictionary<string, string> { ["scope"] = string.Join(' ', oauth.Scopes) };

    private Task<Result<TokenSet, ProviderFailure>> AskAsync(
        TokenSource source, Dictionary<string, string> form, string? refresh, CancellationToken cancellationToken) =>
        AskAsync(Request(source, form), reply => Read(source, reply, refresh), cancellationToken);

    private async Task<Result<TokenSet, ProviderFailure>> AskAsync(
        HttpRequestMessage message, Func<ProviderReply, Result<TokenSet, ProviderFailure>> read, CancellationToken cancellationToken)
    {
        using var request = message;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var deadline = time.CreateTimer(
            static limit => ((CancellationTokenSource)limit!).Cancel(), timer, Limit, Timeout.InfiniteTimeSpan);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timer.Token);
            await response.Content.LoadIntoBufferAsync(MaxReplyBytes, timer.Token);
            var body = await response.Content.ReadAsByteArrayAsync(timer.Token);
            return read(new ProviderReply(response.StatusCode, response.Headers, body, time.GetUtcNow()));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Untold("timeout", $"it did not answer within {Limit.TotalSeconds:0} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            var why = NetworkFailures.Of(exception);
            return Untold(why.Code, why.Message);
        }
    }

    private static HttpRequestMessage Request(TokenSource source, Dictionary<string, string> form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, source.TokenUrl);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (source.OAuth.Flow != OAuthFlow.ServiceAccount)
        {
            var (id, secret) = (source.Connection.Value("client_id"), source.Connection.Secret("client_secret").Reveal());
            if (source.OAuth.Client == OAuthClient.Basic)
            {
                // RFC 6749, 2.3.1: both are form-encoded before they are joined.
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(
                    Encoding.UTF8.GetBytes($"{WebUtility.UrlEncode(id)}:{WebUtility.UrlEncode(secret)}")));
            }
            else
            {
                (form["client_id"], form["client_secret"]) = (id, secret);
            }
        }

        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    /// <summary>The provider's API was not called, so that nothing is in doubt, whatever the connector says.</summary>
    private static Result<TokenSet, ProviderFailure> ReadOwn(TokenSource source, ProviderReply reply)
    {
        if (IsPassing(reply.Status))
            return Passing(reply, $"HTTP {(int)reply.Status}");
        var read = source.Own!.ReadToken(reply);
        return read.IsSuccess
            ? new TokenSet(read.Value.Value.Reveal(), null, read.Value.ExpiresAt, null, source.MadeWith) : read.Error.BeforeActing();
    }

    private static Result<TokenSet, ProviderFailure> Read(TokenSource source, ProviderReply reply, string? refresh)
    {
        var body = Json(reply.Body.Span);
        if (!reply.IsSuccess)
            return Refused(source, reply, body);
        if (Text(body, "access_token") is not { Length: > 0 } access)
            return Untold("unreadable_token", "its answer has no access token");
        var now = reply.ReceivedAt;
        return new TokenSet(
            access, Text(body, "refresh_token") ?? refresh, now + Seconds(body, "expires_in"),
            now + (Seconds(body, "refresh_token_expires_in") ?? Seconds(body, "x_refresh_token_expires_in")), source.MadeWith);
    }

    private static ProviderFailure Refused(TokenSource source, ProviderReply reply, JsonElement? body)
    {
        var status = (int)reply.Status;
        var error = Text(body, "error");
        var said = Redaction.Excerpt(
            Text(body, "error_description") ?? error ?? $"HTTP {status}", source.Connection.Secrets.Values);
        if (IsPassing(reply.Status) || error is "temporarily_unavailable" or "server_error")
            return Passing(reply, said);
        return error == "invalid_grant" && source.OAuth.Flow != OAuthFlow.ClientCredentials
            ? ProviderFailure.Rejected(
                FailureCause.Authentication, ReauthorizationRequired,
                $"The provider does not take the integration's grant any more ({said}): enter a new one, or connect it again.")
                with { HttpStatus = status }
            : ProviderFailure.Rejected(
                FailureCause.Authentication, error ?? "token_refused", $"The provider gave no access token: {said}")
                with { HttpStatus = status };
    }

    private static bool IsPassing(HttpStatusCode status) => (int)status is >= 500 or 408 or 425 or 429;

    private static ProviderFailure Passing(ProviderReply reply, string said)
    {
        var status = (int)reply.Status;
        return Untold("token_endpoint_" + status.ToString(CultureInfo.InvariantCulture), said) with { HttpStatus = status };
    }

    /// <summary>The provider's API was not called, so nothing happened there.</summary>
    private static ProviderFailure Untold(string code, string why) =>
        new(FailureOutcome.Transient, FailureCause.Provider, code, $"Nothing was sent: the provider's token endpoint: {why}.")
        {
            NothingHappened = true,
        };

    private static JsonElement? Json(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonElement.Parse(body) is { ValueKind: JsonValueKind.Object } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement? body, string name) =>
        body is { } read && read.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Null when it is not there, or no number.</summary>
    private static TimeSpan? Seconds(JsonElement? body, string name) =>
        body is { } read && read.TryGetProperty(name, out var value)
        && double.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e9
            ? TimeSpan.FromSeconds(seconds) : null;
}
