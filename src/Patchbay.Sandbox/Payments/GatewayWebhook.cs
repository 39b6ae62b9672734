using System.Net.Http.Headers;

namespace Patchbay.Sandbox.Payments;

/// <summary>A webhook as it is written when something happens; it is signed when it is sent.</summary>
/// <param name="Name">The vendor's name for the event, by which faults can strike it.</param>
public sealed record GatewayWebhook(string Name, byte[] Body, string ContentType = "application/json")
{
    internal HttpRequestMessage To(Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        return request;
    }
}
