using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Payments;

/// <summary>What providers are asked to do with payments and refunds.</summary>
internal static class PaymentCapabilities
{
    /// <summary>Who may move money, may have it tried again.</summary>
    private const string Money = "write:payments";

    /// <summary>10 tries in 24 hours, after 5 seconds at first and three times as long each time.</summary>
    private static readonly DeliveryRules Settle = new(10, TimeSpan.FromHours(24), TimeSpan.FromSeconds(5), 3, MovesMoney: true);

    private static readonly DeliveryRules Read = new(5, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(2), 4, MovesMoney: false);

    /// <summary>4 tries in 2 minutes, after 2, 10 and 50 seconds at most: the customer is waiting.</summary>
    private static readonly DeliveryRules Start = new(4, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(2), 5, MovesMoney: true);

    public static readonly ProviderCapability Initiate = new(Capabilities.InitiatePayment, PaymentId.Prefix, Start)
    {
        LookedUpBy = typeof(ILookUpPayment), Permission = Money,
    };

    public static readonly ProviderCapability Verify = new(Capabilities.VerifyPayment, PaymentId.Prefix, Read) { OnlyReads = true };

    public static readonly ProviderCapability Complete = new(Capabilities.CompletePayment, PaymentId.Prefix, Settle)
    {
        LookedUpBy = typeof(IVerifyPayment), Permission = Money,
    };

    public static readonly ProviderCapability Capture = new(Capabilities.CapturePayment, PaymentId.Prefix, Settle)
    {
        LookedUpBy = typeof(IVerifyPayment), Permission = Money,
    };

    public static readonly ProviderCapability Cancel = new(Capabilities.CancelPayment, PaymentId.Prefix, Settle)
    {
        LookedUpBy = typeof(IVerifyPayment), Permission = Money,
    };

    public static readonly ProviderCapability Refund = new(Capabilities.ProcessRefund, RefundId.Prefix, Settle)
    {
        LookedUpBy = typeof(ILookUpRefund), Permission = Money,
    };

    /// <summary>The hub's own word; no manifest names it.</summary>
    public static readonly ProviderCapability VerifyRefund = new("verify_refund", RefundId.Prefix, Read) { OnlyReads = true };
}
