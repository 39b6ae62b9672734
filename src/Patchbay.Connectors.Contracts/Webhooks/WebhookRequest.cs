using System.Text;

namespace Patchbay.Connectors.Contracts;

/// <summary>An inbound webhook as it came.</summary>
/// <param name="Url">The public address that was called, path and query as on the wire.</param>
/// <param name="Headers">Names compare without case; several values are joined by a comma.</param>
public sealed record WebhookRequest(
    string Method, Uri Url, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    /// <summary>What was fetched from <see cref="IReceiveWebhooks.KeyAddress"/>; null when nothing was, or could be.</summary>
    public WebhookKey? Key { get; init; }

    /// <summary>Null when the header is missing.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>Fields of a form body in order, decoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Form() => FormFields.Parse(BodyText);

    /// <summary>Fields of the query in order, decoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query() => FormFields.Parse(Url.Query.TrimStart('?'));
}
