using System.Collections.Concurrent;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
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
    /// <summary>How many integrations of a provider are tried for a webhook that names none; the oldest ones.</summary>
    public const int MaxCandidates = 50;

    private const double LookUpsPerSecond = 50;
    private const double LookUpBurst = 500;

    private static readonly TimeSpan CandidatesKept = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<IntegrationId, TenantId> _tenants = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, IReadOnlyList<IntegrationKey> Keys)> _candidates =
        new(StringComparer.Ordinal);
    private readonly TokenBucket _lookUps = new(LookUpsPerSecond, LookUpBurst, time);
    private readonly Lock _gate = new();

    /// <summary>By its id alone. An id that nobody has is not found; too many of them, and the next has to wait.</summary>
    public async ValueTask<Result<OpenIntegration, Error>> FindAsync(IntegrationId id, CancellationToken cancellationToken)
    {
        if (_tenants.TryGetValue(id, out var known))
            return await connections.OpenAsync(known, id, cancellationToken) is { } kept ? kept : WebhookErrors.NotFound;
        lock (_gate)
        {
            if (!_lookUps.TryTake())
                return WebhookErrors.Busy(_lookUps.UntilNext());
        }

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

    /// <summary>The oldest integrations of a provider, at most <see cref="MaxCandidates"/>; seconds old.</summary>
    /// <param name="provider">A name of the catalog.</param>
    public async Task<IReadOnlyList<IntegrationKey>> OfProviderAsync(string provider, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_candidates.TryGetValue(provider, out var kept) && kept.Until > now)
            return kept.Keys;
        var keys = await database.QueryAsync(
            "SELECT tenant_id, id FROM integrations WHERE provider = @provider AND deleted_at IS NULL ORDER BY id LIMIT @MaxCandidates",
            // engine scope: all tenants
            new { provider, MaxCandidates }, row => new IntegrationKey(row.Id<TenantId>("tenant_id"), row.Id<IntegrationId>("id")),
            cancellationToken);
        _candidates[provider] = (now + CandidatesKept, keys);
        return keys;
    }
}
