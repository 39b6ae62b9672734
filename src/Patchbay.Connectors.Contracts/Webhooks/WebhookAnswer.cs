using System.Collections.Frozen;
using System.Text;

namespace Patchbay.Connectors.Contracts;

/// <summary>What a provider is answered to a webhook.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Null without a body.</param>
public sealed record WebhookAnswer(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Further headers, as providers want them that have the answer signed. Default none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>200 without a body.</summary>
    public static readonly WebhookAnswer Ok = new(200, null, ReadOnlyMemory<byte>.Empty);

    /// <summary>
    /// 303, for the browser of a customer who comes back from the provider by way of the webhook address. Only an address that the hub
    /// gave along and has proved since.
    /// </summary>
    public static WebhookAnswer SeeOther(Uri url) => new(303, null, ReadOnlyMemory<byte>.Empty)
    {
        Headers = new Dictionary<string, string> { ["Location"] = url.AbsoluteUri, ["Referrer-Policy"] = "no-referrer" },
    };

    /// <summary>200 with a text.</summary>
    public static WebhookAnswer Text(string text, string contentType = "text/plain; charset=utf-8") =>
        new(200, contentType, Encoding.UTF8.GetBytes(text));
}
