using Patchbay.Client.Models;

namespace Patchbay.Client;

/// <summary>Tries again what can be repeated: reads, and changes with an <c>Idempotency-Key</c>.</summary>
/// <param name="chance">At least 0, less than 1.</param>
internal sealed class RetryHandler(TimeProvider time, Func<double> chance) : DelegatingHandler
{
    public const int Tries = 5;

    /// <summary>Above the 30 seconds that <c>Prefer: wait</c> can hold an answer.</summary>
    public static readonly TimeSpan TryLimit = TimeSpan.FromSeconds(45);

    /// <summary>What <c>Retry-After</c> may ask for; an answer that asks for more goes to the caller.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>The most before the second try; twice as much before each further one.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } body)
            await body.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);   // a stream could be sent only once
        var most = request.Method == HttpMethod.Get || request.Headers.Contains(IdempotencyHandler.Key) ? Tries : 1;
        for (var tries = 1; ; tries++)
        {
            var asked = TimeSpan.Zero;
            try
            {
                var response = await TryAsync(request, cancellationToken).ConfigureAwait(false);
                asked = AskedFor(response);
                if (tries == most || asked > LongestWait || !await PassesAsync(response, cancellationToken).ConfigureAwait(false))
                    return response;
                response.Dispose();
            }
            catch (Exception exception) when (tries < most && exception is (HttpRequestException or TimeoutException))
            {
            }

            await Task.Delay(asked + (chance() * Math.Pow(2, tries - 1) * FirstWait), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> TryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TryLimit, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var response = await base.SendAsync(request, ended.Token).ConfigureAwait(false);
            if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
                await response.Content.LoadIntoBufferAsync(ended.Token).ConfigureAwait(false);   // half an answer is none
            return response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.RequestUri!.Authority} did not answer within {TryLimit.TotalSeconds} seconds.");
        }
    }

    private static async Task<bool> PassesAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        (int)response.StatusCode is 429 or 502 or 503 or 504 || ((int)response.StatusCode == 409
            && (await Problem.ReadAsync(response, cancellationToken).ConfigureAwait(false)).Code == "idempotency_in_progress");

    private TimeSpan AskedFor(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => TimeSpan.Zero,
    };
}
