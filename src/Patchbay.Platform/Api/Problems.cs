using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Patchbay.Platform.Api;

/// <summary>Errors as <c>application/problem+json</c>.</summary>
public static partial class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>Where the error codes are explained; the code is the fragment.</summary>
    public const string TypeBase = "/docs/errors#";

    public static ProblemView View(Error error, HttpContext context) => View(error, HubJson.For(context), CallTrace.Id);

    /// <param name="json">How the caller spells fields.</param>
    public static ProblemView View(Error error, JsonSerializerOptions json, string trace) => new(
        TypeBase + error.Code, error.Title, error.Status, error.Detail, error.Code, FieldsOf(error, json), trace);

    public static async Task WriteAsync(HttpContext context, Error error, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = error.Status;
        if (error.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Seconds(wait);
        if (error.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        await context.Response.WriteAsJsonAsync(View(error, context), HubJson.For(context), ContentType, cancellationToken);
    }

    public static IResult ToResult(this Error error) => new ProblemResult(error);

    /// <summary>For <c>Retry-After</c>: whole seconds, at least one.</summary>
    internal static string Seconds(TimeSpan wait) =>
        Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Fields are named as the caller spells them.</summary>
    private static IReadOnlyDictionary<string, string[]>? FieldsOf(Error error, JsonSerializerOptions json) =>
        error.Fields is null || error.FieldsAsSent || json == HubJson.Options
            ? error.Fields
            : error.Fields.ToDictionary(
                pair => WordStart().Replace(pair.Key, match => match.Groups[1].Value.ToUpperInvariant()), pair => pair.Value);

    [GeneratedRegex("_([a-z])")]
    private static partial Regex WordStart();

    private sealed class ProblemResult(Error error) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => error.Status;

        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, error, httpContext.RequestAborted);
    }
}

/// <summary>RFC 9457 problem details.</summary>
/// <param name="Type">Address of the explanation.</param>
/// <param name="Code">Stable machine word.</param>
/// <param name="Errors">Faults by field; null unless the status is 422 for validation.</param>
/// <param name="TraceId">Quote it when asking for help; the logs and traces have it too.</param>
public sealed record ProblemView(
    string Type, string Title, int Status, string Detail, string Code, IReadOnlyDictionary<string, string[]>? Errors, string TraceId);
