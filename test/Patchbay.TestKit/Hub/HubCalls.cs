using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Patchbay.Platform.Api;
using Xunit;

namespace Patchbay.TestKit;

/// <summary>Calls of the API in one line each. Bodies are written in snake_case; a string is sent as it is.</summary>
public static class HubCalls
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public static Task<HubReply> GetJsonAsync(this HttpClient client, string path) => client.SendJsonAsync(HttpMethod.Get, path);

    /// <param name="idempotencyKey">Null: none is sent.</param>
    /// <param name="wait">In whole seconds, rounded up; null: the answer comes as soon as the request is accepted.</param>
    public static Task<HubReply> PostJsonAsync(
        this HttpClient client, string path, object? body = null, string? idempotencyKey = null, TimeSpan? wait = null) =>
        client.SendJsonAsync(HttpMethod.Post, path, body, idempotencyKey, wait);

    public static Task<HubReply> PutJsonAsync(this HttpClient client, string path, object? body) =>
        client.SendJsonAsync(HttpMethod.Put, path, body);

    public static Task<HubReply> PatchJsonAsync(this HttpClient client, string path, object? body) =>
        client.SendJsonAsync(HttpMethod.Patch, path, body);

    public static Task<HubReply> DeleteJsonAsync(this HttpClient client, string path) => client.SendJsonAsync(HttpMethod.Delete, path);

    public static async Task<HubReply> SendJsonAsync(
        this HttpClient client, HttpMethod method, string path, object? body = null, string? idempotencyKey = null, TimeSpan? wait = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            var text = body as string ?? JsonSerializer.Serialize(body, HubJson.Options);
            request.Content = new StringContent(text, Encoding.UTF8, Json);
        }

        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (wait is { } time)
            request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={Math.Ceiling(time.TotalSeconds)}"));
        using var response = await client.SendAsync(request, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var json = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json" && bytes.Length > 0;
        var read = json ? JsonSerializer.Deserialize<JsonElement>(bytes) : default;
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && Refusals.Unhelpful(read).FirstOrDefault() is { } message)
            throw new InvalidOperationException($"{method} {path} is refused in words that help nobody: {message}");
        return new HubReply(response.StatusCode, read, response.Headers);
    }
}
