using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.OAuth;

/// <summary>
/// The token endpoint of an account at a vendor that is called with OAuth 2 access tokens (RFC 6749, 7523, 7636), and the page where its
/// owner lets applications in. A refresh token is exchanged for another one, and works once, but for the grace.
/// </summary>
public sealed class TokenDesk(SandboxWorld world)
{
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _access = [];
    private readonly Dictionary<string, DateTimeOffset?> _refresh = [];   // when it was spent; null: not yet
    private readonly Dictionary<string, string?> _codes = [];             // with the challenge that goes with it

    /// <summary>How long access tokens hold, as is told.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long refresh tokens hold, as is told; null: nothing is told.</summary>
    public TimeSpan? RefreshLifetime { get; set; }

    /// <summary>For so long a spent refresh token may be exchanged again, for one whose answer was lost.</summary>
    public TimeSpan Grace { get; set; }

    /// <summary>Refresh tokens that were exchanged though they were spent before.</summary>
    public int SpentTwice { get; private set; }

    /// <summary>Access tokens that were given out.</summary>
    public int Given { get; private set; }

    /// <summary>Whether a call with this access token may come in.</summary>
    public bool Takes(string access)
    {
        lock (_gate)
            return _access.TryGetValue(access, out var end) && end > world.Now;
    }

    /// <summary>Access tokens end at once; refresh tokens, too, if the grant is taken back.</summary>
    public void Revoke(bool grant)
    {
        lock (_gate)
        {
            _access.Clear();
            if (grant)
                _refresh.Clear();
        }
    }

    /// <summary>The owner lets the application in: where the browser goes next.</summary>
    /// <param name="redirect">With the application's address, its state and its challenge, as the page was called.</param>
    public string LetIn(Uri redirect, string state, string? challenge)
    {
        var code = SandboxCode();
        lock (_gate)
            _codes[code] = challenge;
        return $"{redirect}?code={code}&state={Uri.EscapeDataString(state)}";
    }

    /// <summary>Answers the token endpoint.</summary>
    public Reply Answer(Call call)
    {
        var grant = call.Form.Find("grant_type");
        if (grant != JwtBearer && !IsClient(call))
            return Error(401, "invalid_client");
        lock (_gate)
        {
            return grant switch
            {
                "client_credentials" => Give(null),
                "refresh_token" => Exchange(call.Form.Find("refresh_token") ?? ""),
                "authorization_code" => Redeem(call.Form.Find("code") ?? "", call.Form.Find("code_verifier")),
                JwtBearer =>
                    call.Form.Find("assertion")?.Split('.').Length == 3 ? Give(null) : Error(400, "invalid_grant"),
                _ => Error(400, "unsupported_grant_type"),
            };
        }
    }

    private Reply Exchange(string token)
    {
        if (!_refresh.TryGetValue(token, out var spent))
            return Error(400, "invalid_grant");
        if (spent is { } at)
        {
            SpentTwice++;
            if (at + Grace <= world.Now)
                return Error(400, "invalid_grant");
        }

        _refresh[token] = spent ?? world.Now;
        return Give(Refresh());
    }

    private Reply Redeem(string code, string? verifier)
    {
        if (!_codes.Remove(code, out var challenge))
            return Error(400, "invalid_grant");
        var proven = challenge is null
            || challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier ?? "")));
        return proven ? Give(Refresh()) : Error(400, "invalid_grant");
    }

    /// <summary>An access token, for vendors whose endpoint has a shape of its own.</summary>
    public string Give()
    {
        lock (_gate)
        {
            Given++;
            var access = SandboxCode();
            _access[access] = world.Now + Lifetime;
            return access;
        }
    }

    private Reply Give(string? refresh)
    {
        var access = Give();
        var body = new JsonObject
        {
            ["access_token"] = access, ["token_type"] = "Bearer", ["expires_in"] = (long)Lifetime.TotalSeconds,
        };
        if (refresh is not null)
            body["refresh_token"] = refresh;
        if (refresh is not null && RefreshLifetime is { } lifetime)
            body["refresh_token_expires_in"] = (long)lifetime.TotalSeconds;
        return Reply.Json(200, body) with { Kept = false };
    }

    private string Refresh()
    {
        var token = SandboxCode();
        _refresh[token] = null;
        return token;
    }

    /// <summary>In the header or in the form; form-encoded in the former (RFC 6749, 2.3.1).</summary>
    private static bool IsClient(Call call)
    {
        var secret = call.Credentials is { } basic ? WebUtility.UrlDecode(basic.Password) : call.Form.Find("client_secret");
        return secret is not null && !Credentials.IsWrong(secret);
    }

    private static Reply Error(int status, string code) =>
        Reply.Json(status, new JsonObject { ["error"] = code, ["error_description"] = $"The request was refused: {code}." });

    private static string SandboxCode() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
