using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Payouts;

/// <summary>What providers are asked to do with payouts.</summary>
internal static class PayoutCapabilities
{
    /// <summary>10 tries in 24 hours, after 5 seconds at first and three times as long each time.</summary>
    public static readonly ProviderCapability Initiate = new(
        Capabilities.InitiatePayout, PayoutId.Prefix, new(10, TimeSpan.FromHours(24), TimeSpan.FromSeconds(5), 3, MovesMoney: true))
    {
        LookedUpBy = typeof(ILookUpPayout), Permission = "write:payouts",
    };

    /// <summary>The hub's own word; no manifest names it.</summary>
    public static readonly ProviderCapability Verify = new(
        "verify_payout", PayoutId.Prefix, new(5, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(2), 4, MovesMoney: false))
    {
        OnlyReads = true,
    };
}
