namespace Patchbay.Sandbox.Payments;

/// <summary>What a webhook of a gateway tells. Each vendor has its own name for it.</summary>
public enum GatewayEvent
{
    /// <summary>The customer agreed; see <see cref="GatewayStatus.Approved"/>.</summary>
    Approved,
    Authorized,
    Paid,
    Declined,
    Processing,

    /// <summary>The bank said no after all.</summary>
    Failed,
    Canceled,
    Expired,
    Disputed,
    RefundCreated,
    RefundSettled,
}

/// <summary>Something that happened, and to what.</summary>
/// <param name="Refund">Null when it is about the payment itself.</param>
public sealed record GatewayNews(GatewayEvent Event, GatewayPayment Payment, GatewayRefund? Refund = null);
