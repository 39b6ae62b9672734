using Microsoft.AspNetCore.Http.Features;

namespace Patchbay.Telemetry;

/// <summary>
/// Names a request's span after its route, and takes out the address as it was called: it may hold what is nobody's business, such as the
/// unguessable id of a webhook address.
/// </summary>
internal static class RequestSpans
{
    /// <summary>To be added before anything else: only when the request has come back is its route known.</summary>
    public static void UseRequestSpans(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        finally
        {
            Name(context);
        }
    });

    private static void Name(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
            return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = $"{context.Request.Method} {route ?? "(no route)"}";
        span.SetTag("http.route", route);
        span.SetTag("url.path", null);
        span.SetTag("url.query", null);
    }
}
