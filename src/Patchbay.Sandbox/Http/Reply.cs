using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Patchbay.Sandbox.Http;

/// <summary>An answer before it is written.</summary>
public sealed record Reply(int Status, ReadOnlyMemory<byte> Body)
{
    public string ContentType { get; init; } = "application/json";

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether an idempotency key remembers it. Answers given before the work began are not remembered.</summary>
    public bool Kept { get; init; } = true;

    /// <summary>Whether it is the remembered answer of an earlier request.</summary>
    public bool Replayed { get; init; }

    /// <summary>Challenge of a 401; null when there is none.</summary>
    public string? Challenge { get; init; }

    /// <summary>One of the vendor's own; null for none.</summary>
    public (string Name, string Value)? Header { get; init; }

    public static Reply Json<T>(int status, T value, JsonTypeInfo<T> type) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Written as <see cref="WireFormat"/> says.</summary>
    public static Reply Json(int status, JsonNode body)
    {
        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written, WireFormat.Writing))
            body.WriteTo(writer);
        return new Reply(status, written.ToArray());
    }

    public async Task WriteAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var response = http.Response;
        response.StatusCode = Status;
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (Replayed)
            response.Headers["Idempotent-Replayed"] = "true";
        if (Challenge is not null)
            response.Headers.WWWAuthenticate = Challenge;
        if (Header is var (name, value))
            response.Headers[name] = value;
        if (Status == StatusCodes.Status204NoContent)
            return;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, cancellationToken);
    }
}
