using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Patchbay.Playing;

/// <summary>The hub as any caller sees it: its public API over HTTP, nothing else.</summary>
internal sealed class HubApi(Uri address, string key, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri(address, "api/v1/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    /// <param name="idempotencyKey">Null for requests that need none.</param>
    public Task<JsonNode> PostAsync(string path, JsonObject body, CancellationToken cancellationToken, string? idempotencyKey = null)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(body) };
        if (idempotencyKey is not null)
            message.Headers.Add("Idempotency-Key", idempotencyKey);
        return SendAsync(message, cancellationToken);
    }

    public Task<JsonNode> PutAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = Json(body) }, cancellationToken);

    /// <summary>A form with a file in it.</summary>
    public Task<JsonNode> UploadAsync(
        string path, string file, string name, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var form = new MultipartFormDataContent { { new StringContent(file, Encoding.UTF8), "file", name } };
        foreach (var (field, value) in fields)
            form.Add(new StringContent(value), field);
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form }, cancellationToken);
    }

    /// <summary>Reads a resource until its status is the one that is waited for.</summary>
    /// <exception cref="Surprise">It does not come.</exception>
    public async Task<JsonNode> UntilAsync(string path, string status, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var resource = await GetAsync(path, cancellationToken);
            if (resource.Text("status") == status)
                return resource;
            if (time.GetElapsedTime(started) > Patience)
                throw new Surprise(
                    $"{path} is '{resource.Text("status")}' after {Patience.TotalSeconds} s; it should be '{status}'. "
                        + $"{resource.Find("status_reason") ?? resource.Find("failure_message")}");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>The delivery that acts for something, with its attempts, once it has the status.</summary>
    public async Task<JsonNode> DeliveryOfAsync(string subject, string status, CancellationToken cancellationToken)
    {
        var list = await GetAsync($"deliveries?subject_id={subject}", cancellationToken);
        if (list["data"] is not JsonArray { Count: > 0 } deliveries)
            throw new Surprise($"There is no delivery for {subject}.");
        return await UntilAsync($"deliveries/{deliveries[^1]!.Text("id")}", status, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private async Task<JsonNode> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using (message)
        {
            using var response = await _http.SendAsync(message, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? JsonNode.Parse(text) ?? new JsonObject()
                : throw new Surprise($"{message.Method} {message.RequestUri} was answered with {(int)response.StatusCode}: {text}");
        }
    }
}
