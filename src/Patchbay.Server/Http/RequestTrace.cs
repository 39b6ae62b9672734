using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Patchbay.Platform.Api;

namespace Patchbay.Server.Http;

/// <summary>Every request belongs to a trace, and what is refused is in the log under it, by its route.</summary>
internal sealed partial class RequestTrace(RequestDelegate next, ILogger<RequestTrace> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var trace = CallTrace.Begin("request", context.Request.Headers.TraceParent);
        await next(context);
        if (context.Response.StatusCode is >= 400 and < 500 and var status)
            LogRefused(IsNoise(status) ? LogLevel.Debug : LogLevel.Information, context.Request.Method, RouteOf(context), status);
    }

    /// <summary>Not the address as it was called: it may hold what is secret.</summary>
    public static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";

    /// <summary>What anybody can cause as often as they like.</summary>
    private static bool IsNoise(int status) =>
        status is StatusCodes.Status401Unauthorized or StatusCodes.Status404NotFound or StatusCodes.Status429TooManyRequests;

    [LoggerMessage(Message = "{Method} {Route} was refused with {Status}")]
    private partial void LogRefused(LogLevel level, string method, string route, int status);
}
