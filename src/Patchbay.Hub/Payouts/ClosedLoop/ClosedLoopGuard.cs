using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Payouts.ClosedLoop;

/// <summary>
/// Where money has to go back first: to the providers by whom the customer paid in, up to what came in by each. Only those count by whom
/// the tenant can pay out; of others the way back is a refund.
/// </summary>
public sealed class ClosedLoopGuard(Database database, TenantConfigs configs)
{
    private const int MaxIntegrations = 1000;

    internal async Task<ClosedLoopCheck> PrepareAsync(
        Caller caller, string customer, Money amount, Integration chosen, CancellationToken cancellationToken)
    {
        var keys = await database.QueryAsync(
            "SELECT * FROM net_deposits WHERE tenant_id = @Tenant AND mode = @mode AND customer_id = @customer AND currency = @Code "
            + $"ORDER BY integration_id LIMIT {MaxIntegrations}",
            new { caller.Tenant, mode = caller.Mode.ToWord(), customer, amount.Currency.Code },
            row => NetDepositTable.Instance.Read(row).Key, cancellationToken);
        var integrations = (await configs.GetAsync(caller.Tenant, cancellationToken)).Integrations;
        var able = integrations.Values
            .Where(one => one.Status == IntegrationStatus.Active && one.Mode == caller.Mode
                && one.Capabilities.Contains(Capabilities.InitiatePayout))
            .Select(one => one.Provider).ToHashSet();
        return new ClosedLoopCheck(
            chosen.Provider, amount, keys.Where(key => able.Contains(ProviderOf(key))).ToLookup(ProviderOf));

        string ProviderOf(NetDepositKey key) => integrations.GetValueOrDefault(key.Integration)?.Provider ?? "";   // it was deleted
    }
}

/// <summary>What is decided under lock.</summary>
/// <param name="of">Of the customer, in the payout's currency, by provider.</param>
internal sealed class ClosedLoopCheck(string chosen, Money amount, ILookup<string, NetDepositKey> of)
{
    public void Need(LedgerNeeds needs)
    {
        foreach (var key in of.SelectMany(keys => keys))
            needs.Row(NetDepositTable.Instance, key);
    }

    public Error? Refuse(LedgerRows rows)
    {
        var open = of
            .Select(provider => (provider.Key, Open: provider.Sum(key => rows.Find(NetDepositTable.Instance, key)?.Open ?? 0)))
            .Where(provider => provider.Open > 0).ToList();
        if (open.Count == 0 || open.Any(provider => provider.Key == chosen && provider.Open >= amount.MinorUnits))
            return null;
        var ways = open.Select(provider => $"at most {new Money(provider.Open, amount.Currency)} by {provider.Key}");
        return PayoutErrors.ClosedLoop.With(
            $"The customer paid in, and is paid back the same way first: {string.Join(", ", ways)}. Name such an integration with "
                + "integration_id, or refund the payments.");
    }
}
