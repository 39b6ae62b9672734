using System.Collections.Concurrent;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>The settings of tenants that use affiliates.</summary>
public sealed class AffiliateBook(Database database)
{
    private readonly ConcurrentDictionary<TenantId, bool> _open = new();

    /// <summary>
    /// Sees to it that the tenant has its row, before anything is done about its leads. In a transaction of its own: work that goes by
    /// there being none must not meet it half way, in its own batch.
    /// </summary>
    public async Task EnsureAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (_open.ContainsKey(tenant))
            return;
        await database.ExecuteAsync(
            "INSERT INTO affiliate_settings (tenant_id, reporting_currency, is_fixed) VALUES (@tenant, @currency, @isFixed) "
            + "ON CONFLICT (tenant_id) DO NOTHING",
            new { tenant, currency = AffiliateSettings.DefaultCurrency.Code, isFixed = false }, cancellationToken);
        _open[tenant] = true;
    }

    /// <summary>As a tenant has them that has set nothing, if need be.</summary>
    public async Task<AffiliateSettings> ReadAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await database.FindAsync(AffiliateSettingsTable.Instance, tenant, cancellationToken)
        ?? new AffiliateSettings(tenant, AffiliateSettings.DefaultCurrency, false);
}
