using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Patchbay.Platform.Api;

/// <summary>An answer with a body: what a handler decided, before it is written to anybody.</summary>
/// <param name="Location">Address of the resource; null when there is none.</param>
public sealed record Reply(int Status, object Body, string? Location = null)
{
    public static Reply Ok(object body) => new(200, body);

    public static Reply Created(object body, string location) => new(201, body, location);

    public static Reply Accepted(object body, string location) => new(202, body, location);

    /// <param name="options">Null: snake_case.</param>
    public byte[] ToBytes(JsonSerializerOptions? options = null) =>
        Body is WrittenJson written ? written.Bytes : JsonSerializer.SerializeToUtf8Bytes(Body, Body.GetType(), options ?? HubJson.Options);
}

/// <summary>
/// A body that was written as JSON before, for an endpoint that speaks snake_case: what is also stored need not be written twice.
/// </summary>
public sealed record WrittenJson(byte[] Bytes)
{
    public static WrittenJson Of<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, HubJson.Options));
}

/// <summary>An answer as bytes: what is sent, and what is kept for a repeated request.</summary>
public sealed record StoredReply(int Status, byte[] Body, string? Location, bool Replayed = false)
{
    /// <summary>When trying again makes sense; null when it does not. Such an answer is not kept.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static StoredReply From(Reply reply, JsonSerializerOptions? options = null) =>
        new(reply.Status, reply.ToBytes(options), reply.Location);

    public IResult ToResult() => new StoredResult(this);

    private sealed class StoredResult(StoredReply reply) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => reply.Status;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = reply.Status;
            response.ContentType = reply.Status >= 400 ? Problems.ContentType : "application/json; charset=utf-8";
            if (reply.Location is not null)
                response.Headers.Location = reply.Location;
            if (reply.RetryAfter is { } wait)
                response.Headers.RetryAfter = Problems.Seconds(wait);
            if (reply.Status == StatusCodes.Status401Unauthorized)
                response.Headers.WWWAuthenticate = "Bearer";
            if (reply.Replayed)
                response.Headers["Idempotency-Replay"] = "true";
            response.ContentLength = reply.Body.Length;
            await response.Body.WriteAsync(reply.Body, httpContext.RequestAborted);
        }
    }
}
