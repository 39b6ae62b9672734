using Patchbay.Connectors.Contracts;
using Patchbay.Engine;

namespace Patchbay.Hub.Payments;

/// <summary>How often and how long each payment operation is tried; an integration's settings may say otherwise.</summary>
internal static class PaymentRules
{
    /// <summary>Asks how a refund ended; the hub's own word, no manifest names it.</summary>
    public const string VerifyRefund = "verify_refund";

    /// <summary>4 tries in 2 minutes, after 2, 10 and 50 seconds at most: the customer is waiting.</summary>
    private static readonly DeliveryRules Initiate = new(4, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(2), 5, MovesMoney: true);

    /// <summary>10 tries in 24 hours, after 5 seconds at first and three times as long each time.</summary>
    private static readonly DeliveryRules Settle = new(10, TimeSpan.FromHours(24), TimeSpan.FromSeconds(5), 3, MovesMoney: true);

    private static readonly DeliveryRules Read = new(5, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(2), 4, MovesMoney: false);

    public static DeliveryRules Of(string capability) => capability switch
    {
        Capabilities.InitiatePayment => Initiate,
        Capabilities.VerifyPayment or VerifyRefund => Read,
        _ => Settle,
    };
}
