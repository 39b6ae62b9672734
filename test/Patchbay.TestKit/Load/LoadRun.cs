using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Patchbay.Platform.Api;

namespace Patchbay.TestKit;

/// <summary>
/// Clients that work through a list of operations, or begin new ones until they are stopped, each repeating a request until it gets a
/// definite answer.
/// </summary>
public sealed class LoadRun
{
    private const int PaymentEvery = 8;
    private const int RefundEvery = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _client;
    private readonly ConcurrentQueue<LoadOperation> _waiting = new();
    private readonly ConcurrentQueue<LoadOperation> _toRefund = new();
    private readonly ConcurrentBag<LoadOperation> _begun = [];
    private int _refundsLeft;
    private volatile bool _isStopped;

    /// <summary>No list: for <see cref="RunAtAsync"/>.</summary>
    public LoadRun(HttpClient client)
        : this(client, 0, 0, 0)
    {
    }

    /// <param name="refunds">How many of the payments are refunded in part.</param>
    public LoadRun(HttpClient client, int payments, int refunds, int messages)
    {
        (_client, _refundsLeft, Total) = (client, refunds, payments + refunds + messages);
        for (int i = 0, paid = 0; i < payments + messages; i++)
        {
            var isPayment = (long)paid * (payments + messages) < (long)i * payments + 1 && paid < payments;
            _waiting.Enqueue(isPayment ? LoadOperation.Payment(++paid) : LoadOperation.Sms(i));
        }
    }

    public int Total { get; }

    public LoadFigures Figures { get; } = new();

    public IReadOnlyCollection<LoadOperation> Operations => _begun;

    /// <summary>So many clients, each doing one operation after another.</summary>
    public async Task RunAsync(int clients, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => WorkAsync(cancellationToken), cancellationToken)));
        // What was answered once is answered so again, whoever answers.
        await Task.WhenAll(_begun.Where((_, i) => i % 20 == 0).Select(operation => SendAsync(operation, cancellationToken)));
    }

    /// <summary>
    /// Until it is stopped, operations begin at a steady rate, whether or not earlier ones were answered, as from callers who know nothing
    /// of one another; only when very many wait does the next one wait too. One in eight is a payment, and of one payment in six half is
    /// given back.
    /// </summary>
    public async Task RunAtAsync(int perSecond, CancellationToken cancellationToken)
    {
        using var room = new SemaphoreSlim(4_000);
        var running = new List<Task>();
        var started = TimeProvider.System.GetTimestamp();
        while (!_isStopped)
        {
            var due = TimeSpan.FromSeconds(running.Count / (double)perSecond) - TimeProvider.System.GetElapsedTime(started);
            if (due > TimeSpan.FromMilliseconds(2))
                await Task.Delay(due, TimeProvider.System, cancellationToken);
            await room.WaitAsync(cancellationToken);
            var number = running.Count;
            running.Add(Task.Run(() => FlowAsync(number, room, cancellationToken), cancellationToken));
        }

        Figures.StopGaps();
        FlowTook = TimeProvider.System.GetElapsedTime(started);
        await Task.WhenAll(running);
    }

    /// <summary>No new operation begins in <see cref="RunAtAsync"/>; what has begun goes on to its end.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>How long it took to begin every operation of <see cref="RunAtAsync"/>.</summary>
    public TimeSpan FlowTook { get; private set; }

    /// <summary>Ends when so many operations were accepted.</summary>
    public Task AcceptedAsync(int count, CancellationToken cancellationToken) =>
        Eventually.BecomesAsync(() => Figures.Accepted >= count, TimeSpan.FromMinutes(2), cancellationToken);

    private async Task FlowAsync(int number, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        var operation = number % PaymentEvery == 0 ? LoadOperation.Payment(number) : LoadOperation.Sms(number);
        try
        {
            await DoAsync(operation, cancellationToken);
        }
        finally
        {
            room.Release();
        }

        if (operation is not { Kind: LoadKind.Payment, Id: not null } || number % (PaymentEvery * RefundEvery) != 0)
            return;
        while (Figures.Wrong.IsEmpty && !await IsPaidAsync(operation.Id, cancellationToken))
            await Task.Delay(Pause * 5, TimeProvider.System, cancellationToken);
        if (Figures.Wrong.IsEmpty)
            await DoAsync(LoadOperation.RefundOf(operation), cancellationToken);
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (_waiting.TryDequeue(out var operation))
        {
            await DoAsync(operation, cancellationToken);
            if (operation is { Kind: LoadKind.Payment, Id: not null } && Interlocked.Decrement(ref _refundsLeft) >= 0)
                _toRefund.Enqueue(operation);
            else if (_toRefund.TryDequeue(out var payment))
                await RefundAsync(payment, cancellationToken);
        }

        while (_toRefund.TryDequeue(out var payment))
            await RefundAsync(payment, cancellationToken);
    }

    /// <summary>
    /// A payment that is not paid yet is looked at again later; after an answer that should not have been given, no more.
    /// </summary>
    private async Task RefundAsync(LoadOperation payment, CancellationToken cancellationToken)
    {
        if (!Figures.Wrong.IsEmpty)
            return;
        if (await IsPaidAsync(payment.Id!, cancellationToken))
        {
            await DoAsync(LoadOperation.RefundOf(payment), cancellationToken);
            return;
        }

        _toRefund.Enqueue(payment);
        if (_waiting.IsEmpty)
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
    }

    private async Task<bool> IsPaidAsync(string payment, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.GetAsync($"api/v1/payments/{payment}", cancellationToken);
            if (response.IsSuccessStatusCode)
                return (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("status")
                    .GetString() == "succeeded";
            if (response.StatusCode < HttpStatusCode.InternalServerError)
                Figures.Wrong.Enqueue($"{payment} was accepted and is answered with {(int)response.StatusCode}");
            return false;
        }
        catch (Exception exception) when (IsBrokenConnection(exception, cancellationToken))
        {
            return false;
        }
    }

    /// <summary>A connection that is reset the moment it opens ends in a bare <see cref="SocketException"/>.</summary>
    private static bool IsBrokenConnection(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or SocketException or IOException or TaskCanceledException
            && !cancellationToken.IsCancellationRequested;

    private async Task DoAsync(LoadOperation operation, CancellationToken cancellationToken)
    {
        _begun.Add(operation);
        await SendAsync(operation, cancellationToken);
        Figures.CountAccepted();
    }

    private async Task SendAsync(LoadOperation operation, CancellationToken cancellationToken)
    {
        while (!await TryAsync(operation, cancellationToken))
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
    }

    /// <summary>False when there was no definite answer.</summary>
    private async Task<bool> TryAsync(LoadOperation operation, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, operation.Path) { Content = JsonContent.Create(operation.Body, options: HubJson.Options) };
        request.Headers.Add("Idempotency-Key", operation.Key);
        HttpStatusCode status;
        JsonElement body;
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            status = response.StatusCode;
            if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true
                && status >= HttpStatusCode.InternalServerError)
            {
                Figures.CountServerError(status, "not from the hub");   // a load balancer has nobody to ask
                return false;
            }

            body = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        }
        catch (Exception exception) when (IsBrokenConnection(exception, cancellationToken))
        {
            Figures.CountNoConnection();
            return false;
        }

        if (status is HttpStatusCode.Accepted or HttpStatusCode.Created)
        {
            var id = body.GetProperty("id").GetString();
            if ((operation.Id ??= id) != id)
                Figures.Wrong.Enqueue($"{operation.Key} was {operation.Id} and is now {id}");
            return true;
        }

        var code = body.TryGetProperty("code", out var word) ? word.GetString() : null;
        if (code == "idempotency_in_progress")
        {
            Figures.CountInProgress();
            return false;
        }

        if (status >= HttpStatusCode.InternalServerError)
        {
            Figures.CountServerError(status, code);
            return false;
        }

        Figures.Wrong.Enqueue($"{operation.Key}: {(int)status} {body}");
        return true;
    }
}
