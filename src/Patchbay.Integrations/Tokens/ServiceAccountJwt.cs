using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Patchbay.Integrations.Tokens;

/// <summary>The signed statement by which a service account asks for an access token (RFC 7523), RS256.</summary>
internal static class ServiceAccountJwt
{
    /// <summary>The longest that providers take (Google's documentation: one hour).</summary>
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    /// <summary>Null when the private key is none.</summary>
    public static string? Make(TokenSource source, DateTimeOffset now)
    {
        var connection = source.Connection;
        var header = new Dictionary<string, object> { ["alg"] = "RS256", ["typ"] = "JWT" };
        if (connection.FindValue("private_key_id") is { } id)
            header["kid"] = id;
        var claims = new Dictionary<string, object>
        {
            ["iss"] = connection.Value("client_email"), ["scope"] = string.Join(' ', source.OAuth.Scopes),
            ["aud"] = source.OAuth.TokenUrl.ToString(), ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Validity).ToUnixTimeSeconds(),
        };
        if (connection.FindValue("subject") is { } subject)
            claims["sub"] = subject;
        var signed = $"{Part(header)}.{Part(claims)}";
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(connection.Secret("private_key").Reveal());
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return null;
        }

        return $"{signed}.{Base64Url.EncodeToString(key.SignData(
            Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(Dictionary<string, object> values) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(values));
}
