using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Adyen;

/// <summary>
/// Signs each item within the body, and sends basic authentication along. What an account's webhook is known by is kept as one secret: the
/// HMAC key, a space, and user and password; either may be empty.
/// </summary>
internal static class AdyenSigner
{
    public static string Secret(string key, string? user, string? password) =>
        user is null ? key + " " : $"{key} {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";

    /// <summary>The same basic authentication under another key.</summary>
    public static string WithKey(string secret, string key) => $"{key} {secret.Split(' ')[^1]}";

    public static void Sign(HttpRequestMessage request, byte[] body, Secret secret)
    {
        var parts = secret.Reveal().Split(' ');
        var (key, caller) = (parts[0], parts[^1]);
        if (parts.Length == 2 && caller.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", caller);
        var notification = JsonNode.Parse(body)!;
        foreach (var item in notification["notificationItems"]!.AsArray().Select(entry => entry!["NotificationRequestItem"]!))
        {
            if (key.Length > 0)
                item["additionalData"]!["hmacSignature"] = Convert.ToBase64String(HMACSHA256.HashData(KeyOf(key), Signed(item)));
        }

        var type = request.Content!.Headers.ContentType;
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(notification.ToJsonString())) { Headers = { ContentType = type } };
    }

    private static byte[] Signed(JsonNode item) => Encoding.UTF8.GetBytes(string.Join(
        ':', item["pspReference"], item["originalReference"], item["merchantAccountCode"], item["merchantReference"],
        item["amount"]!["value"], item["amount"]!["currency"], item["eventCode"], item["success"]));

    /// <summary>Nobody's key is none in hexadecimal digits.</summary>
    private static byte[] KeyOf(string key) =>
        key.All(char.IsAsciiHexDigit) ? Convert.FromHexString(key) : Encoding.UTF8.GetBytes(key);
}
