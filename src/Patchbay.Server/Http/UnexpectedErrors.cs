using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Logging;
using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Platform.Tenants;
using Patchbay.Server.Shards.Moving;
using Patchbay.Storage;

namespace Patchbay.Server.Http;

/// <summary>
/// Turns bugs and broken machines into a problem that tells nothing but the trace id, a database that is away into one that asks to come
/// again, and routing misses into problems too.
/// </summary>
internal sealed partial class UnexpectedErrors(
    RequestDelegate next, DatabaseOutage outage, EndpointDataSource endpoints, ILogger<UnexpectedErrors> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await Problems.WriteAsync(context, ErrorOf(exception, context), context.RequestAborted);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: 405 or 415 or 404 or 400, ContentLength: null, ContentType: null })
            await Problems.WriteAsync(context, Plain(context.Response.StatusCode, context), context.RequestAborted);
    }

    private Error ErrorOf(Exception exception, HttpContext context)
    {
        var (method, route) = (context.Request.Method, RequestTrace.RouteOf(context));
        switch (exception)
        {
            case BadHttpRequestException bad:
                return ApiErrors.UnreadableRequest.With("The request is not valid HTTP for this endpoint.")
                    with { Status = bad.StatusCode };
            case DbException database when TenantFence.Refused(database):
                return TenantErrors.Moving;
            case DbException database when database.IsFull():
                LogFull(method, route);
                return ServerErrors.StorageFull.With(
                    "The database's disk is full, so nothing can be accepted. Repeat the request, with the same Idempotency-Key, when "
                        + "there is room again.") with { RetryAfter = TimeSpan.FromSeconds(10) };
            case var passing when IsPassing(passing):
                if (!outage.Explains(passing))
                    LogDatabaseAway(method, route, passing.GetBaseException().Message);
                return ServerErrors.DatabaseUnavailable.With("Repeat the request; a changing one with the same Idempotency-Key.")
                    with { RetryAfter = TimeSpan.FromSeconds(1) };
            default:
                LogUnexpected(exception, method, route);
                return ServerErrors.Internal.With("It was logged under the trace id. Repeat the request with the same Idempotency-Key.");
        }
    }

    private static bool IsPassing(Exception exception) =>
        exception is LedgerUncertainException or LeaseLostException || exception is DbException database && database.IsPassing();

    private Error Plain(int status, HttpContext context) => status switch
    {
        405 => ApiErrors.MethodNotAllowed.With("This address does not take this HTTP method."),
        415 => ApiErrors.UnsupportedMediaType.With($"Send the body as {string.Join(" or ", Accepted(context))}."),
        400 => ApiErrors.UnreadableRequest.With("A part of the request could not be read."),
        _ => Error.NotFound("resource at this address"),
    };

    /// <summary>What the address takes. Which it would have been, the router does not say once nothing fits.</summary>
    private IEnumerable<string> Accepted(HttpContext context) => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(context.Request.Method) == true
            && new TemplateMatcher(TemplateParser.Parse(endpoint.RoutePattern.RawText!), []).TryMatch(context.Request.Path, []))
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? []).Distinct();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Route} is to be repeated: {Reason}")]
    private partial void LogDatabaseAway(string method, string route, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} was refused: the disk of the database is full")]
    private partial void LogFull(string method, string route);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed unexpectedly")]
    private partial void LogUnexpected(Exception exception, string method, string route);
}
