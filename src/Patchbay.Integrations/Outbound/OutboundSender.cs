using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;

namespace Patchbay.Integrations.Outbound;

/// <summary>A message to a receiver.</summary>
/// <param name="Endpoint">Whose client certificate is shown.</param>
/// <param name="Headers">Beside the content's own.</param>
/// <param name="Secrets">Blanked out of what is kept.</param>
/// <param name="Certificate">Null: none is shown.</param>
public sealed record OutboundMessage(
    Guid Endpoint, Uri Url, byte[] Body, string ContentType, IReadOnlyList<KeyValuePair<string, string>> Headers,
    IReadOnlyCollection<Secret> Secrets, ClientCertificate? Certificate);

/// <summary>A receiver took a message: any 2xx.</summary>
public sealed record OutboundAccepted(int Status);

/// <summary>
/// Posts to addresses that tenants have entered. Whatever the receiver does costs at most 15 seconds, 20 kB and one connection; no redirect
/// is followed, and only addresses that may be called are.
/// </summary>
public sealed class OutboundSender(OutboundClients clients, TimeProvider time)
{
    /// <summary>From the begin until the answer's status is there.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Of an answer's body.</summary>
    public const int MaxAnswer = 20_000;

    /// <summary>The status has said it all: the body is only for people, and is not waited for.</summary>
    private static readonly TimeSpan BodyLimit = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Its answer is <see cref="OutboundAccepted"/>. Everything but 2xx is a failure that may pass, except 410, which is for good.
    /// </summary>
    public async Task<CallReport> PostAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var started = time.GetTimestamp();
        var sent = new Exchange(
            SHA256.HashData(message.Body),
            Redaction.Excerpt(
                $"POST {Redaction.Addresses(message.Url.AbsoluteUri)}\n{Encoding.UTF8.GetString(message.Body)}", message.Secrets),
            null, null, null);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var deadline = Cancel(timer, Limit);
        var report = await PostAsync(message, sent, timer, cancellationToken);
        return report with { Timing = new CallTiming(startedAt, time.GetElapsedTime(started)) };
    }

    private async Task<CallReport> PostAsync(
        OutboundMessage message, Exchange sent, CancellationTokenSource timer, CancellationToken cancellationToken)
    {
        try
        {
            using var request = ToRequest(message);
            if (HeaderText.Refuse(request) is { } unsendable)
                return new CallReport(null, unsendable, []);
            using var client = clients.Rent(message.Endpoint, message.Certificate);
            using var response = await client.Http.SendAsync(request, timer.Token);
            var body = await ReadAsync(response, timer.Token);
            var exchange = sent with
            {
                ResponseHash = SHA256.HashData(body), ResponseExcerpt = Redaction.Excerpt(body, message.Secrets),
                HttpStatus = (int)response.StatusCode,
            };
            if (response.IsSuccessStatusCode)
                return new CallReport(new OutboundAccepted((int)response.StatusCode), null, [exchange]);
            var failure = OutboundFailures.Of((int)response.StatusCode, response.Headers.RetryAfter, time.GetUtcNow());
            return new CallReport(null, failure, [exchange]) { Pause = OutboundFailures.PauseAfter(failure) };
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var failure = OutboundFailures.TimedOut(Limit);
            return new CallReport(null, failure, [sent]) { Pause = OutboundFailures.PauseAfter(failure) };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new CallReport(null, OutboundFailures.Of(exception), [sent]);
        }
    }

    private static HttpRequestMessage ToRequest(OutboundMessage message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, message.Url) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(message.ContentType);
        request.Headers.TryAddWithoutValidation("user-agent", "Patchbay");
        foreach (var (name, value) in message.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>
    /// What comes of the body at once, up to the limit. A receiver that has answered has answered, however its body ends.
    /// </summary>
    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var deadline = Cancel(timer, BodyLimit);
        var buffer = new byte[MaxAnswer];
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(timer.Token);
            int read;
            while (length < buffer.Length && (read = await stream.ReadAsync(buffer.AsMemory(length), timer.Token)) > 0)
                length += read;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // What has come so far is kept.
        }

        return buffer[..length];
    }

    private ITimer Cancel(CancellationTokenSource source, TimeSpan after) =>
        time.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), source, after, Timeout.InfiniteTimeSpan);
}
