using System.Threading.Channels;
using Patchbay.Sandbox.Ledger;
using Patchbay.Sandbox.Running;

namespace Patchbay.Sandbox.Webhooks;

/// <summary>Sends webhooks over one shared client, a bounded number at a time; every failure is counted.</summary>
public sealed class WebhookSender : IAsyncDisposable
{
    private const int Parallel = 32;
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    private readonly Agenda _agenda;
    private readonly SandboxLedger _ledger;
    private readonly WebhookTwists _twists;
    private readonly SandboxOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<Attempt> _due = Channel.CreateUnbounded<Attempt>();
    private readonly HttpClient _http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { Timeout = AttemptTimeout };
    private readonly Task[] _workers;

    internal WebhookSender(Agenda agenda, SandboxLedger ledger, WebhookTwists twists, SandboxOptions options)
    {
        (_agenda, _ledger, _twists, _options) = (agenda, ledger, twists, options);
        _workers = [.. Enumerable.Range(0, Parallel).Select(_ => Task.Run(WorkAsync))];
    }

    public void Send(WebhookRun run) => ScheduleNext(run, _twists.Apply(run), 0);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _due.Writer.TryComplete();
        await Task.WhenAll(_workers);
        _http.Dispose();
        _stopping.Dispose();
    }

    private void ScheduleNext(WebhookRun run, IReadOnlyList<Webhook> webhooks, int index)
    {
        if (index < webhooks.Count)
            _agenda.After(webhooks[index].After, () => _due.Writer.TryWrite(new Attempt(run, webhooks, index, Retry: 0)));
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var attempt in _due.Reader.ReadAllAsync(_stopping.Token))
            {
                var delivered = await TryAsync(attempt);
                Record(attempt, delivered);
                if (attempt.Retry == 0)
                    ScheduleNext(attempt.Run, attempt.Webhooks, attempt.Index + 1);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The sandbox is being stopped; what was still to be sent stays unsent.
        }
    }

    private async Task<bool> TryAsync(Attempt attempt)
    {
        try
        {
            var webhook = attempt.Webhooks[attempt.Index];
            using var request = webhook.Compose(webhook.BadSignature);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stopping.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !_stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Record(Attempt attempt, bool delivered)
    {
        var provider = attempt.Run.Provider;
        if (delivered)
        {
            _ledger.CountWebhook(provider, WebhookFate.Delivered);
            return;
        }

        _ledger.CountWebhook(provider, WebhookFate.AttemptFailed);
        if (attempt.Retry >= attempt.Run.Retries)
            _ledger.CountWebhook(provider, WebhookFate.GivenUp);
        else
            _agenda.After(
                _options.WebhookRetryDelay * (1 << attempt.Retry), () => _due.Writer.TryWrite(attempt with { Retry = attempt.Retry + 1 }));
    }

    private sealed record Attempt(WebhookRun Run, IReadOnlyList<Webhook> Webhooks, int Index, int Retry);
}
