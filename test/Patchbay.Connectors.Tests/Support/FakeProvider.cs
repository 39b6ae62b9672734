using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>One request as it arrived.</summary>
internal sealed record ReceivedRequest(
    HttpMethod Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string? MediaType, string Body)
{
    /// <summary>Method, path and query.</summary>
    public string Line => $"{Method} {Uri.PathAndQuery}";

    /// <summary>The form's fields, decoded, one a line.</summary>
    public string FormLines => string.Join('\n', FormFields.Parse(Body).Select(pair => $"{pair.Key}={pair.Value}"));
}

/// <summary>
/// A provider that answers what it was told to, in turn, and keeps what it was asked. With a specification it refuses to take a request,
/// or to give a successful answer, that does not follow it. A call it has no answer for fails the test.
/// </summary>
internal sealed class FakeProvider(OpenApiSpec? spec = null) : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = [];

    public List<ReceivedRequest> Requests { get; } = [];

    public ReceivedRequest Request => Assert.Single(Requests);

    public FakeProvider Answers(string body, int status = 200, params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage(
                (HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            foreach (var (name, value) in headers)
                response.Headers.TryAddWithoutValidation(name, value);
            return Task.FromResult(response);
        });
        return this;
    }

    /// <summary>As it is recorded.</summary>
    public FakeProvider Answers(JsonObject asked) => asked["breaks"] is not null
        ? Breaks(new IOException("The connection was dropped."))
        : Answers(
            asked["body"] is JsonValue text ? text.ToString() : asked["body"]?.ToJsonString() ?? "",
            (int)(asked["status"]?.GetValue<decimal>() ?? 200),
            [.. (asked["reply_headers"] as JsonObject ?? []).Select(header => (header.Key, header.Value!.ToString()))]);

    public FakeProvider Breaks(Exception exception)
    {
        _answers.Enqueue(_ => Task.FromException<HttpResponseMessage>(exception));
        return this;
    }

    public FakeProvider NeverAnswers()
    {
        _answers.Enqueue(async cancellationToken =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("The wait ended by itself.");
        });
        return this;
    }

    /// <param name="at">The hub's time; null: noon.</param>
    /// <param name="isElsewhere">All of the provider's hosts are here.</param>
    public ProviderHttp Http(
        TimeSpan? timeout = null, string baseUrl = "https://provider.example/", IReadOnlyCollection<Secret>? secrets = null,
        DateTimeOffset? at = null, bool isElsewhere = true) => new(
        new HttpClient(this), new Uri(baseUrl), secrets ?? [], timeout ?? TimeSpan.FromSeconds(30), new StoppedClock(at ?? Webhooks.Noon),
        isElsewhere: isElsewhere);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var received = new ReceivedRequest(
            request.Method,
            request.RequestUri!,
            request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase),
            request.Content?.Headers.ContentType?.MediaType,
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        Requests.Add(received);
        if (spec is not null)
            Assert.Empty(spec.CheckRequest(received.Method, received.Uri, received.MediaType, received.Body));
        if (!_answers.TryDequeue(out var answer))
            throw new InvalidOperationException($"Unexpected call: {received.Line}");
        var response = await answer(cancellationToken);
        if (spec is not null && response.IsSuccessStatusCode)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            Assert.Empty(spec.CheckReply(received.Method, received.Uri, (int)response.StatusCode, body));
        }

        return response;
    }

    /// <summary>Its timers run all the same.</summary>
    private sealed class StoppedClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
