using System.Data.Common;
using System.Net;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>
/// Takes webhooks in: verified, then stored, and only then acknowledged. What is not genuine leaves no trace but a count, and costs no
/// query. An integration that is switched off is served too: what the provider still has to say about its past counts.
/// </summary>
public sealed partial class WebhookReceiver(
    InboundIntegrations integrations, TenantConfigs configs, ProviderCatalog catalog, Ledger ledger, InboxAllowance allowance,
    PublishedKeys keys, InboxQueue queue, IdGenerator ids, InboundMetrics metrics, TimeProvider time, ILogger<WebhookReceiver> logger)
{
    private readonly SenderGate _named = new(new SenderRates(Known: 200, Stranger: 20, Strangers: 50), time);

    // One that names no integration costs as many verifications as there are candidates.
    private readonly SenderGate _unnamed = new(new SenderRates(Known: 20, Stranger: 5, Strangers: 10), time);

    /// <summary>The integration a webhook's address names, when its sender may be heard now.</summary>
    /// <param name="from">Null when it is not known.</param>
    public async ValueTask<Result<OpenIntegration, Error>> FindAsync(
        string provider, IntegrationId id, IPAddress? from, CancellationToken cancellationToken)
    {
        if (!ReceivesWebhooks(provider))
            return WebhookErrors.NotFound;
        var found = await integrations.FindAsync(id, from, cancellationToken);
        if (!found.IsSuccess)
            return found;
        if (found.Value.Provider.Name != provider)
            return WebhookErrors.NotFound;
        if (IsMoving(found.Value))
            return TenantErrors.Moving;
        return _named.Enter(Sender.Of(id.ToString(), from)) is { } refusal ? refusal : found;
    }

    /// <summary>Null when an address that names no integration hears this sender now.</summary>
    public Error? EnterUnnamed(string provider, IPAddress? from) => _unnamed.Enter(Sender.Of(provider, from));

    public bool ReceivesWebhooks(string provider) => catalog.Find(provider)?.Has<IReceiveWebhooks>() == true;

    /// <summary>What the provider is answered once it was stored, now or earlier, or else why it is not taken.</summary>
    public async Task<Result<WebhookAnswer, Error>> ReceiveAsync(
        OpenIntegration to, WebhookRequest request, IPAddress? from, CancellationToken cancellationToken)
    {
        var connector = to.Make<IReceiveWebhooks>();
        if (connector.Challenge(request, to.Connection) is { } answer)
            return answer;
        if (!await IsGenuineAsync(to, request, cancellationToken))
        {
            metrics.Rejected(to.Provider.Name);
            return WebhookErrors.NotGenuine;
        }

        _named.Verified(Sender.Of(to.Integration.Id.ToString(), from));
        return await StoreAsync(to, connector, request, cancellationToken);
    }

    /// <summary>
    /// For an address without an integration: taken when exactly one of the provider's integrations, over all shards, finds it genuine; of
    /// each account, where it is about several.
    /// </summary>
    /// <param name="shards">The receivers of all shards, this one among them.</param>
    public async Task<Result<WebhookAnswer, Error>> ReceiveUnnamedAsync(
        string provider, WebhookRequest request, IPAddress? from, IReadOnlyList<WebhookReceiver> shards,
        CancellationToken cancellationToken)
    {
        var accounts = AccountsOf(provider, request);
        var genuine = new List<(WebhookReceiver At, Candidate Found)>();
        ExceptionDispatchInfo? unreachable = null;
        foreach (var shard in shards)
        {
            try
            {
                var found = await shard.GenuineAsync(provider, accounts, request, cancellationToken);
                if (!found.IsSuccess)
                    return found.Error;
                if (found.Value.Challenged is { } answer)
                    return answer;
                genuine.AddRange(found.Value.Genuine.Select(candidate => (shard, candidate)));
            }
            catch (DbException exception)
            {
                unreachable = ExceptionDispatchInfo.Capture(exception);
            }
        }

        // Of several accounts one may be there, and the provider tells everybody again.
        if (genuine.Count == 0 || accounts.Count > 1)
            unreachable?.Throw();
        var owners = genuine.GroupBy(one => one.Found.Account)
            .Where(ofAccount => ofAccount.DistinctBy(one => one.Found.To.Integration.Id).Count() == 1)
            // During a move both shards have the integration; the one where it is not moving is where it lives.
            .Select(ofAccount => ofAccount.OrderBy(one => one.At.IsMoving(one.Found.To)).First()).ToList();
        if (owners.Count == 0)
        {
            metrics.Rejected(provider);
            return WebhookErrors.NotGenuine;
        }

        _unnamed.Verified(Sender.Of(provider, from));
        return owners.Exists(owner => owner.At.IsMoving(owner.Found.To))
            ? TenantErrors.Moving
            : await StoreAsync(owners, request, cancellationToken);
    }

    /// <summary>An owner who cannot take it does not keep it from the others, who know it when it comes again.</summary>
    private static async Task<Result<WebhookAnswer, Error>> StoreAsync(
        List<(WebhookReceiver At, Candidate Found)> owners, WebhookRequest request, CancellationToken cancellationToken)
    {
        var answers = new List<Result<WebhookAnswer, Error>>(owners.Count);
        foreach (var (at, (_, to)) in owners)
            answers.Add(await at.StoreAsync(to, to.Make<IReceiveWebhooks>(), request, cancellationToken));
        return answers[Math.Max(0, answers.FindIndex(answer => !answer.IsSuccess))];
    }

    private bool IsMoving(OpenIntegration open) => configs.IsMoving(open.Integration.TenantId);

    private async Task<Result<Candidates, Error>> GenuineAsync(
        string provider, IReadOnlyCollection<string> accounts, WebhookRequest request, CancellationToken cancellationToken)
    {
        var candidates = new List<(string? Account, IntegrationKey Key)>();
        foreach (var account in accounts.Take(InboundIntegrations.MaxCandidates + 1))
        {
            var ofAccount = await integrations.OfAccountAsync(provider, account, cancellationToken);
            candidates.AddRange(ofAccount.Select(key => ((string?)account, key)));
        }

        if (accounts.Count == 0)
            candidates.AddRange((await integrations.OfProviderAsync(provider, cancellationToken)).Select(key => ((string?)null, key)));
        if (candidates.Count > InboundIntegrations.MaxCandidates || accounts.Count > InboundIntegrations.MaxCandidates)
            return WebhookErrors.Ambiguous;
        var genuine = new List<Candidate>();
        foreach (var (account, key) in candidates)
        {
            if (await integrations.OpenAsync(key.Tenant, key.Id, cancellationToken) is not { } candidate)
                continue;
            if (candidate.Make<IReceiveWebhooks>().Challenge(request, candidate.Connection) is { } answer)
                return new Candidates([], answer);
            if (await IsGenuineAsync(candidate, request, cancellationToken))
                genuine.Add(new Candidate(account, candidate));
        }

        return new Candidates(genuine, null);
    }

    /// <summary>A stranger's request that the connector cannot even read is nobody's.</summary>
    private IReadOnlyCollection<string> AccountsOf(string provider, WebhookRequest request)
    {
        try
        {
            return catalog.Find(provider)?.Find<IReceiveWebhooks>()?.AccountsOf(request) ?? [];
        }
        catch (Exception exception)
        {
            LogNoAccount(exception, provider);
            return [];
        }
    }

    /// <summary>While new credentials are being verified the provider may sign with either.</summary>
    private async ValueTask<bool> IsGenuineAsync(OpenIntegration to, WebhookRequest request, CancellationToken cancellationToken) =>
        await IsSignedForAsync(to, request, cancellationToken)
        || await integrations.OpenRenewedAsync(to.Integration.Key, cancellationToken) is { } renewed
        && await IsSignedForAsync(renewed, request, cancellationToken);

    private async ValueTask<bool> IsSignedForAsync(OpenIntegration to, WebhookRequest request, CancellationToken cancellationToken)
    {
        var connector = to.Make<IReceiveWebhooks>();
        var key = connector.KeyAddress(request, to.Connection) is { } address
            ? await keys.GetAsync(to, address, cancellationToken) : null;
        return connector.IsGenuine(request with { Key = key }, to.Connection);
    }

    private async Task<Result<WebhookAnswer, Error>> StoreAsync(
        OpenIntegration to, IReceiveWebhooks connector, WebhookRequest request, CancellationToken cancellationToken)
    {
        var entry = WebhookRecord.New(to.Integration, request, EventId(connector, request, to.Provider.Name), ids.New<InboxId>());
        if (await allowance.TakeAsync(entry, cancellationToken) is { } full)
            return full;
        var isNew = await CommitAsync(entry, cancellationToken);
        metrics.Received(entry.Provider, isNew);
        if (isNew)
            queue.Offer(entry.Key);
        return connector.Acknowledge(request, to.Connection);
    }

    /// <summary>
    /// Another node may store the same event at the same moment; the loser of that race breaks the key, and finds the winner's row when it
    /// tries again. Nor is a commit of unknown outcome a problem: if it happened, it is found.
    /// </summary>
    private async Task<bool> CommitAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return await ledger.CommitAsync(new StoreWebhook(entry, allowance.Counting(entry)), cancellationToken);
        }
        catch (Exception exception) when (exception is LedgerUncertainException
            || exception is DbException database && !database.IsPassing())
        {
            return await ledger.CommitAsync(new StoreWebhook(entry, allowance.Counting(entry)), cancellationToken);
        }
    }

    /// <summary>A connector that fails here must not cost the webhook: its hash is id enough.</summary>
    private string? EventId(IReceiveWebhooks connector, WebhookRequest request, string provider)
    {
        try
        {
            return connector.EventId(request);
        }
        catch (Exception exception)
        {
            LogNoEventId(exception, provider);
            return null;
        }
    }

    /// <param name="Challenged">Not null: it was one of them that was challenged, and this is its answer.</param>
    private sealed record Candidates(IReadOnlyList<Candidate> Genuine, WebhookAnswer? Challenged);

    /// <param name="Account">By which it was found; null where the request says none.</param>
    private sealed record Candidate(string? Account, OpenIntegration To);

    [LoggerMessage(Level = LogLevel.Error, Message = "The connector of {Provider} failed to tell whose a webhook is; all are tried")]
    private partial void LogNoAccount(Exception exception, string provider);

    [LoggerMessage(
        Level = LogLevel.Error, Message = "The connector of {Provider} failed on the event id of a genuine webhook; its hash is used")]
    private partial void LogNoEventId(Exception exception, string provider);
}
