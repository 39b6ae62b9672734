using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Payouts;

/// <summary>What providers are asked to do with payouts.</summary>
internal static class PayoutCapabilities
{
    /// <summary>Who may pay out, may have it tried again.</summary>
    private const string Money = "write:payouts";

    /// <summary>10 tries in 24 hours, after 5 seconds at first and three times as long each time.</summary>
    private static readonly DeliveryRules Settle = new(10, TimeSpan.FromHours(24), TimeSpan.FromSeconds(5), 3, MovesMoney: true);

    public static readonly ProviderCapability Initiate = new(Capabilities.InitiatePayout, PayoutId.Prefix, Settle)
    {
        LookedUpBy = typeof(ILookUpPayout), Permission = Money,
    };

    public static readonly ProviderCapability Complete = new(Capabilities.CompletePayout, PayoutId.Prefix, Settle)
    {
        LookedUpBy = typeof(IInitiatePayout), Permission = Money,
    };

    /// <summary>The hub's own word; no manifest names it.</summary>
    public static readonly ProviderCapability Verify = new(
        "verify_payout", PayoutId.Prefix, new(5, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(2), 4, MovesMoney: false))
    {
        OnlyReads = true,
    };
}
