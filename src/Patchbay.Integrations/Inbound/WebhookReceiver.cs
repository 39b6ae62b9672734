using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
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
    InboundIntegrations integrations, TenantConfigs configs, ProviderCatalog catalog, Ledger ledger, InboxQueue queue, IdGenerator ids,
    InboundMetrics metrics, TimeProvider time, ILogger<WebhookReceiver> logger)
{
    // Each refusal of a webhook that names no integration costs up to 50 verifications.
    private const double UnnamedRefusalsPerSecond = 20;
    private const double UnnamedRefusalBurst = 100;

    private readonly ConcurrentDictionary<string, TokenBucket> _unnamedRefusals = new(StringComparer.Ordinal);

    /// <summary>The integration a webhook's address names.</summary>
    public async ValueTask<Result<OpenIntegration, Error>> FindAsync(string provider, IntegrationId id, CancellationToken cancellationToken)
    {
        if (!ReceivesWebhooks(provider))
            return WebhookErrors.NotFound;
        var found = await integrations.FindAsync(id, cancellationToken);
        if (!found.IsSuccess)
            return found;
        if (found.Value.Provider.Name != provider)
            return WebhookErrors.NotFound;
        return IsMoving(found.Value) ? TenantErrors.Moving : found;
    }

    public bool ReceivesWebhooks(string provider) => catalog.Find(provider)?.Has<IReceiveWebhooks>() == true;

    /// <summary>Null when it was stored, now or earlier, or else why it is not taken.</summary>
    public async Task<Error?> ReceiveAsync(OpenIntegration to, WebhookRequest request, CancellationToken cancellationToken)
    {
        var connector = to.Make<IReceiveWebhooks>();
        if (!await IsGenuineAsync(to, request, cancellationToken))
        {
            metrics.Rejected(to.Provider.Name);
            return WebhookErrors.NotGenuine;
        }

        await StoreAsync(to, connector, request, cancellationToken);
        return null;
    }

    /// <summary>
    /// For an address without an integration: taken when exactly one of the provider's integrations, over all shards, finds it genuine.
    /// </summary>
    /// <param name="shards">The receivers of all shards, this one among them.</param>
    public async Task<Error?> ReceiveUnnamedAsync(
        string provider, WebhookRequest request, IReadOnlyList<WebhookReceiver> shards, CancellationToken cancellationToken)
    {
        var refusals = _unnamedRefusals.GetOrAdd(provider, _ => new TokenBucket(UnnamedRefusalsPerSecond, UnnamedRefusalBurst, time));
        lock (refusals)
        {
            if (refusals.Available == 0)
                return WebhookErrors.Busy(refusals.UntilNext());
        }

        var genuine = new List<(WebhookReceiver At, OpenIntegration To)>();
        ExceptionDispatchInfo? unreachable = null;
        foreach (var shard in shards)
        {
            try
            {
                genuine.AddRange((await shard.GenuineAsync(provider, request, cancellationToken)).Select(to => (shard, to)));
            }
            catch (DbException exception)
            {
                unreachable = ExceptionDispatchInfo.Capture(exception);
            }
        }

        var integrations = genuine.DistinctBy(found => found.To.Integration.Id).Count();
        if (integrations == 0)
            unreachable?.Throw();
        if (integrations != 1)
        {
            lock (refusals)
                refusals.TryTake();
            metrics.Rejected(provider);
            return WebhookErrors.NotGenuine;
        }

        // During a move both shards have the integration; the one where it is not moving is where it lives.
        var (at, owner) = genuine.FirstOrDefault(found => !found.At.IsMoving(found.To));
        if (owner is null)
            return TenantErrors.Moving;
        await at.StoreAsync(owner, owner.Make<IReceiveWebhooks>(), request, cancellationToken);
        return null;
    }

    private bool IsMoving(OpenIntegration open) => configs.IsMoving(open.Integration.TenantId);

    private async Task<IReadOnlyList<OpenIntegration>> GenuineAsync(
        string provider, WebhookRequest request, CancellationToken cancellationToken)
    {
        var genuine = new List<OpenIntegration>();
        foreach (var key in await integrations.OfProviderAsync(provider, cancellationToken))
        {
            if (await integrations.OpenAsync(key.Tenant, key.Id, cancellationToken) is { } candidate
                && await IsGenuineAsync(candidate, request, cancellationToken))
                genuine.Add(candidate);
        }

        return genuine;
    }

    /// <summary>While new credentials are being verified the provider may sign with either.</summary>
    private async ValueTask<bool> IsGenuineAsync(OpenIntegration to, WebhookRequest request, CancellationToken cancellationToken) =>
        to.Make<IReceiveWebhooks>().IsGenuine(request, to.Connection)
        || await integrations.OpenRenewedAsync(to.Integration.Key, cancellationToken) is { } renewed
        && renewed.Make<IReceiveWebhooks>().IsGenuine(request, renewed.Connection);

    private async Task StoreAsync(
        OpenIntegration to, IReceiveWebhooks connector, WebhookRequest request, CancellationToken cancellationToken)
    {
        var entry = WebhookRecord.New(to.Integration, request, EventId(connector, request, to.Provider.Name), ids.New<InboxId>());
        var isNew = await CommitAsync(entry, cancellationToken);
        metrics.Received(entry.Provider, isNew);
        if (isNew)
            queue.Offer(entry.Key);
    }

    /// <summary>
    /// Another node may store the same event at the same moment; the loser of that race breaks the key, and finds the winner's row when it
    /// tries again. Nor is a commit of unknown outcome a problem: if it happened, it is found.
    /// </summary>
    private async Task<bool> CommitAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return await ledger.CommitAsync(new StoreWebhook(entry), cancellationToken);
        }
        catch (Exception exception) when (exception is LedgerUncertainException
            || exception is DbException database && !database.IsPassing())
        {
            return await ledger.CommitAsync(new StoreWebhook(entry), cancellationToken);
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

    [LoggerMessage(
        Level = LogLevel.Error, Message = "The connector of {Provider} failed on the event id of a genuine webhook; its hash is used")]
    private partial void LogNoEventId(Exception exception, string provider);
}
