using System.Collections.Concurrent;
using System.Net;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>
/// Finds the integration a webhook is for. Whose an id is never changes and is kept; whether it still exists, the tenant's configuration
/// tells. So a flood of requests to a known id costs no query, and one to unknown ids costs a limited number.
/// </summary>
public sealed class InboundIntegrations(Database database, TenantConfigs configs, Connections connections, TimeProvider time)
{
    /// <summary>How many integrations of a provider are tried for a webhook that names none. When there are more, none is.</summary>
    public const int MaxCandidates = 50;

    /// <summary>How many of one tenant count for that, its oldest: so no tenant can take the address from the others.</summary>
    private const int MaxCandidatesOfTenant = 5;

    private const double LookUpsPerSecond = 500;
    private const double LookUpBurst = 1_000;
    private const double LookUpsPerSecondOfNetwork = 50;
    private const double LookUpBurstOfNetwork = 500;

    private static readonly TimeSpan CandidatesKept = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<IntegrationId, TenantId> _tenants = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, IReadOnlyList<IntegrationKey> Keys)> _candidates =
        new(StringComparer.Ordinal);
    private readonly TokenBuckets<Sender> _lookUps = new(LookUpsPerSecondOfNetwork, LookUpBurstOfNetwork, time);
    private readonly TokenBuckets<int> _allLookUps = new(LookUpsPerSecond, LookUpBurst, time);

    /// <summary>By its id alone. An id that nobody has is not found; too many of them, and the next has to wait.</summary>
    /// <param name="from">Null when it is not known.</param>
    public async ValueTask<Result<OpenIntegration, Error>> FindAsync(
        IntegrationId id, IPAddress? from, CancellationToken cancellationToken)
    {
        if (_tenants.TryGetValue(id, out var known))
            return await connections.OpenAsync(known, id, cancellationToken) is { } kept ? kept : WebhookErrors.NotFound;
        var network = Sender.Of("", from);
        if (!_lookUps.TryTake(network, out var wait) || !_allLookUps.TryTake(default, out wait))
            return WebhookErrors.Busy(wait);
        var owner = await database.QueryAsync(
            "SELECT tenant_id FROM integrations WHERE id = @id AND deleted_at IS NULL LIMIT 1",
            // engine scope: the id alone is in the address
            new { id }, row => row.Id<TenantId>("tenant_id"), cancellationToken);
        if (owner is not [var tenant])
            return WebhookErrors.NotFound;
        if (await OpenAsync(tenant, id, cancellationToken) is not { } open)
            return WebhookErrors.NotFound;
        _tenants[id] = tenant;
        return open;
    }

    /// <summary>Whose it is, on this shard; null when nobody's, or when it may not be looked for now.</summary>
    public async ValueTask<TenantId?> OwnerAsync(IntegrationId id, IPAddress? from, CancellationToken cancellationToken) =>
        await FindAsync(id, from, cancellationToken) is { IsSuccess: true } found ? found.Value.Integration.TenantId : null;

    /// <summary>Opens an integration that is, or was, in the database; also one that this node has not heard of yet.</summary>
    public async Task<OpenIntegration?> OpenAsync(TenantId tenant, IntegrationId id, CancellationToken cancellationToken)
    {
        if (await connections.OpenAsync(tenant, id, cancellationToken) is { } open)
            return open;
        await configs.RefreshAsync(tenant, cancellationToken);   // another node may just have made it
        return await connections.OpenAsync(tenant, id, cancellationToken);
    }

    /// <summary>With the credentials that are being verified; null when there are none.</summary>
    public ValueTask<OpenIntegration?> OpenRenewedAsync(IntegrationKey key, CancellationToken cancellationToken) =>
        connections.OpenRenewedAsync(key.Tenant, key.Id, cancellationToken);

    /// <summary>
    /// The integrations of a provider, the oldest few of each tenant, at most one more than <see cref="MaxCandidates"/>; seconds old.
    /// </summary>
    /// <param name="provider">A name of the catalog.</param>
    public async Task<IReadOnlyList<IntegrationKey>> OfProviderAsync(string provider, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_candidates.TryGetValue(provider, out var kept) && kept.Until > now)
            return kept.Keys;
        var keys = await database.QueryAsync(
            "SELECT tenant_id, id FROM (SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id ORDER BY id) AS place "
            + "FROM integrations WHERE provider = @provider AND deleted_at IS NULL) AS placed "
            + "WHERE place <= @MaxCandidatesOfTenant ORDER BY id LIMIT @limit",
            // engine scope: all tenants
            new { provider, MaxCandidatesOfTenant, limit = MaxCandidates + 1 },
            row => new IntegrationKey(row.Id<TenantId>("tenant_id"), row.Id<IntegrationId>("id")),
            cancellationToken);
        _candidates[provider] = (now + CandidatesKept, keys);
        return keys;
    }

    /// <summary>The integrations of an account at a provider, at most one more than <see cref="MaxCandidates"/>.</summary>
    public Task<IReadOnlyList<IntegrationKey>> OfAccountAsync(string provider, string account, CancellationToken cancellationToken) =>
        database.QueryAsync(
            "SELECT tenant_id, id FROM integrations WHERE provider = @provider AND webhook_account = @account AND deleted_at IS NULL "
                + "ORDER BY id LIMIT @limit",
            // engine scope: all tenants
            new { provider, account, limit = MaxCandidates + 1 },
            row => new IntegrationKey(row.Id<TenantId>("tenant_id"), row.Id<IntegrationId>("id")), cancellationToken);
}
