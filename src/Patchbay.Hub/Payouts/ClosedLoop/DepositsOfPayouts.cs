using Patchbay.Storage;

namespace Patchbay.Hub.Payouts.ClosedLoop;

/// <summary>Counts what customers are paid out, from when it is asked for; what did not arrive does not count.</summary>
internal static class DepositsOfPayouts
{
    public static void Need(LedgerNeeds needs, Payout payout)
    {
        if (KeyOf(payout) is { } key)
            needs.Row(NetDepositTable.Instance, key);
    }

    /// <param name="before">Null for a new one.</param>
    public static void Count(LedgerRows rows, Payout? before, Payout after)
    {
        if (KeyOf(after) is { } key)
            NetDeposit.Add(rows, key, 0, Counted(after) - (before is null ? 0 : Counted(before)));
    }

    private static long Counted(Payout payout) =>
        payout.Phase is PayoutPhase.Canceled or PayoutPhase.Failed or PayoutPhase.Returned ? 0 : payout.Amount.MinorUnits;

    private static NetDepositKey? KeyOf(Payout payout) => payout.CustomerId is { } customer
        ? new NetDepositKey(payout.TenantId, payout.Mode, customer, payout.Amount.Currency.Code, payout.IntegrationId) : null;
}
