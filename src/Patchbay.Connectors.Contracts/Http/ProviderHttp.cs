using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Patchbay.Connectors.Contracts;

/// <summary>
/// The one way a connector talks to its provider, made anew for each attempt. Network faults, time-outs and bad bodies come back
/// as failures with the right outcome; every exchange is kept, redacted, for the attempt's record. Redirects are not followed.
/// </summary>
/// <param name="client">Its primary handler decides which addresses may be reached, and does not follow redirects.</param>
/// <param name="baseUrl">Where relative request URIs point; ends with a slash.</param>
/// <param name="secrets">Blanked out of every excerpt.</param>
/// <param name="timeout">For one exchange, from the first byte sent to the last received.</param>
/// <param name="tokens">Where the manifest declares OAuth: a message without an Authorization header is sent with an access token, and once
/// more with a new one when the provider answers 401. Else null.</param>
/// <param name="isElsewhere">The operator points the provider elsewhere: its other hosts, too, are there.</param>
public sealed class ProviderHttp(
    HttpClient client, Uri baseUrl, IReadOnlyCollection<Secret> secrets, TimeSpan timeout, TimeProvider time, IAccessTokens? tokens = null,
    bool isElsewhere = false)
{
    public const int MaxReplyBytes = 1024 * 1024;

    private readonly List<Exchange> _exchanges = [];
    private readonly List<Secret> _secrets = [.. secrets];

    /// <summary>The hub's time, for what a request has to say.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>In the order they were made.</summary>
    public IReadOnlyList<Exchange> Exchanges => _exchanges;

    /// <summary>The integration's, the access tokens that were used, and what was hidden.</summary>
    public IReadOnlyCollection<Secret> Secrets => _secrets;

    /// <summary>Blanks out of the excerpts, from here on, what one call carries and nobody else may use.</summary>
    public void Hide(Secret secret) => _secrets.Add(secret);

    /// <summary>An access token, for connectors whose manifest declares OAuth and who need it elsewhere than in a header.</summary>
    public Task<Result<Secret, ProviderFailure>> AccessTokenAsync(CancellationToken cancellationToken) =>
        TokenAsync(null, cancellationToken);

    /// <summary>Sends and reads a JSON answer. A 2xx whose body does not fit is <see cref="ProviderFailure.Unreadable"/>.</summary>
    /// <param name="message">Its URI is relative to the provider's base, or absolute at another host of the provider's.</param>
    /// <param name="json">Shape of a successful answer.</param>
    /// <param name="classify">Turns every answer outside 2xx into a failure.</param>
    public async Task<Result<T, ProviderFailure>> SendAsync<T>(
        HttpRequestMessage message, JsonTypeInfo<T> json, Func<ProviderReply, ProviderFailure> classify,
        CancellationToken cancellationToken)
    {
        var reply = await SendAsync(message, classify, cancellationToken);
        return reply.Then(received => Read(received, json));
    }

    /// <summary>Sends and hands back any 2xx answer as it came.</summary>
    public async Task<Result<ProviderReply, ProviderFailure>> SendAsync(
        HttpRequestMessage message, Func<ProviderReply, ProviderFailure> classify, CancellationToken cancellationToken)
    {
        if (tokens is null || message.Headers.Authorization is not null)
            return await ExchangeAsync(message, classify, cancellationToken);
        var body = message.Content is null ? null : await message.Content.ReadAsByteArrayAsync(cancellationToken);
        Secret? refused = null;
        while (true)
        {
            var token = await TokenAsync(refused, cancellationToken);
            if (!token.IsSuccess)
                return token.Error;
            var isRefused = false;
            using var signed = Signed(message, body, tokens.Scheme, token.Value);
            var reply = await ExchangeAsync(
                signed,
                answer =>
                {
                    isRefused = answer.Status == HttpStatusCode.Unauthorized;
                    return classify(answer);
                },
                cancellationToken);
            if (!isRefused || refused is not null)
                return reply;
            refused = token.Value;
        }
    }

    private async Task<Result<Secret, ProviderFailure>> TokenAsync(Secret? refused, CancellationToken cancellationToken)
    {
        var token = await (tokens ?? throw new InvalidOperationException("The manifest declares no OAuth."))
            .GetAsync(refused, cancellationToken);
        if (token.IsSuccess)
            _secrets.Add(token.Value);
        return token;
    }

    /// <summary>A message can be sent once only.</summary>
    private static HttpRequestMessage Signed(HttpRequestMessage message, byte[]? body, string scheme, Secret token)
    {
        var signed = new HttpRequestMessage(message.Method, message.RequestUri)
        {
            Headers = { Authorization = new AuthenticationHeaderValue(scheme, token.Reveal()) },
        };
        foreach (var (name, values) in message.Headers)
            signed.Headers.TryAddWithoutValidation(name, values);
        if (body is null)
            return signed;
        signed.Content = new ByteArrayContent(body);
        foreach (var (name, values) in message.Content!.Headers)
            signed.Content.Headers.TryAddWithoutValidation(name, values);
        return signed;
    }

    private async Task<Result<ProviderReply, ProviderFailure>> ExchangeAsync(
        HttpRequestMessage message, Func<ProviderReply, ProviderFailure> classify, CancellationToken cancellationToken)
    {
        if (HeaderText.Refuse(message) is { } unsendable)
            return unsendable;
        message.RequestUri = WhereItIs(message.RequestUri!);
        var body = message.Content is null ? [] : await message.Content.ReadAsByteArrayAsync(cancellationToken);
        var record = new Exchange(
            SHA256.HashData(body),
            Redaction.Excerpt($"{message.Method} {message.RequestUri.PathAndQuery}\n{Encoding.UTF8.GetString(body)}", _secrets),
            null, null, null);

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var deadline = time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), timer, timeout, Timeout.InfiniteTimeSpan);
        try
        {
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, timer.Token);
            var received = await ReadBodyAsync(response, timer.Token);
            var reply = new ProviderReply(response.StatusCode, response.Headers, received, time.GetUtcNow());
            _exchanges.Add(record with
            {
                ResponseHash = SHA256.HashData(received.Span),
                ResponseExcerpt = Redaction.Excerpt(received.Span, _secrets),
                HttpStatus = (int)response.StatusCode,
            });
            return response.IsSuccessStatusCode ? reply : classify(reply);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _exchanges.Add(record);
            return NetworkFailures.TimedOut(timeout);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            _exchanges.Add(record);
            return NetworkFailures.Of(exception);
        }
    }

    private Uri WhereItIs(Uri address) => isElsewhere && address.IsAbsoluteUri
        ? new Uri(baseUrl, address.PathAndQuery.TrimStart('/')) : new Uri(baseUrl, address);

    /// <summary>Reads a JSON body; one that does not fit is <see cref="ProviderFailure.Unreadable"/>.</summary>
    public static Result<T, ProviderFailure> Read<T>(ProviderReply reply, JsonTypeInfo<T> json)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body.Span, json) is { } value
                ? value
                : ProviderFailure.Unreadable("The provider's answer was empty.") with { HttpStatus = (int)reply.Status };
        }
        catch (JsonException exception)
        {
            return ProviderFailure.Unreadable($"The provider's answer could not be read at {exception.Path ?? "$"}.")
                with { HttpStatus = (int)reply.Status };
        }
    }

    /// <summary>
    /// Reads an error body as JSON; null when it is not of that shape, so that a proxy's HTML page still classifies by its status.
    /// </summary>
    public static T? TryRead<T>(ProviderReply reply, JsonTypeInfo<T> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body.Span, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > MaxReplyBytes)
            throw new IOException($"The answer is larger than {MaxReplyBytes} bytes.");
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MaxReplyBytes)
                throw new IOException($"The answer is larger than {MaxReplyBytes} bytes.");
            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
