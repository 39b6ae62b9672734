using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Patchbay.Server.Document;

namespace Patchbay.TestKit;

/// <summary>Every refusal that a test is answered with must be one that the documentation has for the operation.</summary>
internal sealed class DocumentedRefusals(EndpointDataSource endpoints, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json"
            || response.StatusCode == HttpStatusCode.InternalServerError)   // which no operation promises
            return response;
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        var code = problem.RootElement.GetProperty("code").GetString();
        var asked = EndpointsAt(request.Method.Method, request.RequestUri!.AbsolutePath).ToList();
        return asked.Count == 0 || asked.Any(endpoint => EndpointRefusals.Of(endpoint.Metadata, endpoint.RoutePattern.RawText!)
            .Any(known => known.Word == code))
            ? response
            : throw new InvalidOperationException(
                $"{request.Method} {asked[0].RoutePattern.RawText} was refused with {code}, which it does not declare: add it with Refuses.");
    }

    private IEnumerable<RouteEndpoint> EndpointsAt(string method, string path) => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(method) is true
            && new TemplateMatcher(TemplateParser.Parse(endpoint.RoutePattern.RawText!), []).TryMatch(path, []));
}
