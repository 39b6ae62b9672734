using System.Net;
using System.Text;

namespace Patchbay.Hub.Tests.Kit;

/// <summary>A token endpoint that says what it is told to, and keeps what it was asked.</summary>
internal sealed class FakeTokenEndpoint : HttpMessageHandler
{
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    public string Says { get; set; } = "";

    /// <summary>The last request; null before the first.</summary>
    public HttpRequestMessage? Asked { get; private set; }

    public string Body { get; private set; } = "";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        (Asked, Body) = (request, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        return new HttpResponseMessage(Status) { Content = new StringContent(Says, Encoding.UTF8, "application/json") };
    }
}
