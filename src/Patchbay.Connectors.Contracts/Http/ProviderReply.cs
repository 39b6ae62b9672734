using System.Net;
using System.Net.Http.Headers;

namespace Patchbay.Connectors.Contracts;

/// <summary>A provider's complete HTTP answer.</summary>
/// <param name="Body">At most <see cref="ProviderHttp.MaxReplyBytes"/>.</param>
public sealed record ProviderReply(
    HttpStatusCode Status, HttpResponseHeaders Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    /// <summary>2xx.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
