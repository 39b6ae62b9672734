using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Kiota.Serialization.Json;
using Patchbay.Client.Models;

namespace Patchbay.Client;

/// <summary>Webhooks of the hub, signed as <see href="https://www.standardwebhooks.com">Standard Webhooks</see> says.</summary>
public static class Webhook
{
    /// <summary>The event, if the hub has sent it, lately, and nobody has changed it.</summary>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="header">A header of the request by its name; null when it is not there.</param>
    /// <param name="secrets">Of the endpoint; while one is replaced, the old one and the new one.</param>
    /// <param name="tolerance">How far the time in its headers may be from now, either way. Five minutes by default.</param>
    /// <param name="time">The machine's by default.</param>
    /// <exception cref="WebhookException">It is not to be believed. Answer 400 and do nothing.</exception>
    public static EventView Verify(
        ReadOnlySpan<byte> body, Func<string, string?> header, IEnumerable<string> secrets, TimeSpan? tolerance = null,
        TimeProvider? time = null)
    {
        var timestamp = Required("webhook-timestamp");
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{Required("webhook-id")}.{timestamp}."), .. body];
        var signatures = Required("webhook-signature").Split(' ').Select(Encoding.UTF8.GetBytes).ToList();
        var genuine = secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key(secret), signed)))
            .Select(Encoding.UTF8.GetBytes)
            .Any(expected => signatures.Exists(one => CryptographicOperations.FixedTimeEquals(expected, one)));
        if (!genuine)
            throw new WebhookException("No signature fits: verify the body's bytes as they came, with the secret of this very endpoint.");
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || ((time ?? TimeProvider.System).GetUtcNow() - DateTimeOffset.UnixEpoch - TimeSpan.FromSeconds(seconds)).Duration()
                > (tolerance ?? TimeSpan.FromMinutes(5)))
            throw new WebhookException($"webhook-timestamp {timestamp} is too far from now: an old message sent again, or a wrong clock.");
        return new JsonParseNode(JsonElement.Parse(body)).GetObjectValue(EventView.CreateFromDiscriminatorValue);

        string Required(string name) =>
            header(name) ?? throw new WebhookException($"The header {name} is missing: no webhook of the hub, or a proxy took it out.");
    }

    private static byte[] Key(string secret) => secret.StartsWith("whsec_", StringComparison.Ordinal)
        ? Convert.FromBase64String(secret["whsec_".Length..]) : Encoding.UTF8.GetBytes(secret);
}

/// <summary>A webhook that is not to be believed; the message says why.</summary>
public sealed class WebhookException(string message) : Exception(message);
