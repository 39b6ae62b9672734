using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <summary>Names the rows that a decision about a deposit needs, beside those of its lead.</summary>
internal static class DepositRows
{
    /// <summary>A deposit, and the rate of its currency.</summary>
    public static void Need(LedgerNeeds needs, DepositKey key, string currency)
    {
        needs.Row(DepositTable.Instance, key);
        needs.Row(AffiliateRateTable.Instance, new AffiliateRateKey(key.Tenant, currency));
    }
}
