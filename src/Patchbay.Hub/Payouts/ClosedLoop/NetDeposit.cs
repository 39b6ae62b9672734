using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Payouts.ClosedLoop;

public readonly record struct NetDepositKey(
    TenantId Tenant, IntegrationMode Mode, string CustomerId, string Currency, IntegrationId Integration);

/// <summary>What a customer has paid in by an integration, and got out again, in minor units of a currency.</summary>
/// <param name="PaidIn">What payments took, without what was given back or is to be.</param>
/// <param name="PaidOut">Payouts that arrived, or still may.</param>
[LedgerTable("net_deposits")]
public sealed partial record NetDeposit([Key] NetDepositKey Key, long PaidIn, long PaidOut)
{
    public long Open => PaidIn - PaidOut;

    /// <summary>Counts more, or less, in the transaction of what is counted.</summary>
    internal static void Add(LedgerRows rows, NetDepositKey key, long paidIn, long paidOut)
    {
        if ((paidIn, paidOut) == (0, 0))
            return;
        if (rows.Find(NetDepositTable.Instance, key) is { } known)
            rows.Update(NetDepositTable.Instance, known with { PaidIn = known.PaidIn + paidIn, PaidOut = known.PaidOut + paidOut });
        else
            rows.Insert(NetDepositTable.Instance, new NetDeposit(key, paidIn, paidOut));
    }
}
