using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;

namespace Patchbay.ClientTests;

/// <summary>What answers in place of a hub: each request with the next of its answers, and with the last one from then on.</summary>
internal sealed class FakeHub(TimeProvider time, params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] answers)
    : HttpMessageHandler
{
    public List<Seen> Requests { get; } = [];

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answers(
        int status, string body = "{}", string? type = null, string? retryAfter = null) => (_, _) =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(body, Encoding.UTF8, type ?? (status < 300 ? "application/json" : "application/problem+json")),
        };
        if (retryAfter is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return Task.FromResult(response);
    };

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Fails() =>
        (_, _) => throw new HttpRequestException("Connection refused");

    /// <summary>The connection ends within the body.</summary>
    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> BreaksOff() => (_, _) =>
    {
        var pipe = new Pipe();
        pipe.Writer.Write("{"u8);
        pipe.Writer.Complete(new IOException("Connection reset by peer"));
        return Task.FromResult(new HttpResponseMessage { Content = new StreamContent(pipe.Reader.AsStream()) });
    };

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> NeverAnswers() => async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = answers[Math.Min(Requests.Count, answers.Length - 1)];
        using var body = new MemoryStream();
        if (request.Content is not null)
            await request.Content.CopyToAsync(body, cancellationToken);
        Requests.Add(new Seen(
            time.GetUtcNow(), request.Headers.TryGetValues("Idempotency-Key", out var keys) ? Assert.Single(keys) : null,
            Encoding.UTF8.GetString(body.ToArray())));
        var response = await answer(request, cancellationToken);
        response.RequestMessage = request;
        return response;
    }

    internal sealed record Seen(DateTimeOffset At, string? Key, string Body);
}
