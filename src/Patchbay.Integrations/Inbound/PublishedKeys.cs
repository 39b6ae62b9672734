using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Integrations.Inbound;

/// <summary>
/// Fetches the keys that providers publish to check their webhooks with, and keeps them. Which addresses are the provider's the connector
/// says; strangers may name any of them, so only so many are fetched, and what is kept is bounded.
/// </summary>
public sealed partial class PublishedKeys(Connections connections, HttpClient client, TimeProvider time, ILogger<PublishedKeys> logger)
{
    private const int MostKept = 200;
    private const double FetchesPerSecond = 1;
    private const double FetchBurst = 20;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Uri, (DateTimeOffset Until, WebhookKey Key)> _keys = new();
    private readonly TokenBuckets<string> _fetches = new(FetchesPerSecond, FetchBurst, time);

    /// <summary>Null when it cannot be had now: the provider sends the webhook again later.</summary>
    /// <param name="address">As the provider names it.</param>
    public async ValueTask<WebhookKey?> GetAsync(OpenIntegration at, Uri address, CancellationToken cancellationToken)
    {
        var url = connections.WhereItIs(address, at.Provider, at.Integration.Mode);
        var isKept = _keys.TryGetValue(url, out var kept);
        if (isKept && kept.Until > time.GetUtcNow())
            return kept.Key;
        var known = isKept ? kept.Key : null;   // better an old one than none: whether it is still good, the connector looks
        if (!_fetches.TryTake(at.Provider.Name, out _))
            return known;
        using var message = new HttpRequestMessage(HttpMethod.Get, url);
        var fetched = await new ProviderHttp(client, url, [], Patience, time)
            .SendAsync(message, reply => HttpFailures.Classify(reply, null, null), cancellationToken);
        if (!fetched.IsSuccess)
        {
            LogNotFetched(at.Provider.Name, url, fetched.Error.Message);
            return known;
        }

        if (_keys.Count >= MostKept)
            _keys.Clear();
        var key = new WebhookKey(fetched.Value.Body, connections.IsElsewhere(at.Provider));
        _keys[url] = (time.GetUtcNow() + Kept, key);
        return key;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The key that {Provider} signs its webhooks with could not be fetched from {Url}: {Why} "
            + "Unless an older one fits, they are refused meanwhile.")]
    private partial void LogNotFetched(string provider, Uri url, string why);
}
