using System.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests;

internal static class Webhooks
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static WebhookRequest Post(string url, string body, params (string Name, string Value)[] headers) =>
        Make("POST", url, body, headers);

    public static WebhookRequest Get(string url, params (string Name, string Value)[] headers) => Make("GET", url, "", headers);

    private static WebhookRequest Make(string method, string url, string body, (string Name, string Value)[] headers) => new(
        method,
        new Uri(url),
        headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase),
        Encoding.UTF8.GetBytes(body),
        Noon);
}
