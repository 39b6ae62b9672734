using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Events;
using PaymentId = Patchbay.Hub.Payments.PaymentId;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>What is told of payment links. The data is the link, without its address.</summary>
internal static class LinkEvents
{
    public static readonly EventType Created = Of("created", "A payment link was made", LinkStatus.Open);

    public static readonly EventType Paid = Of("paid", "Somebody has paid on it: see payment_id and paid_count", LinkStatus.Paid);

    public static readonly EventType Expired = Of("expired", "It was not paid in time", LinkStatus.Expired);

    public static readonly EventType Canceled = Of("canceled", "It was taken back", LinkStatus.Canceled);

    private static EventType Of(string name, string description, LinkStatus status)
    {
        var (at, paid) = (new DateTimeOffset(2026, 11, 21, 11, 0, 0, TimeSpan.Zero), status == LinkStatus.Paid);
        return EventType.Of("payment_link." + name, description, new LinkView(
            LinkId.Parse("lnk_01kankb1t8ec5w9v2r6m4h3d7q", null), null, null, null, IntegrationMode.Live, status, LinkUsage.Single, "49.90",
            null, null, "EUR", "order-1001", "Order 1001", null, null, null, null, null, "DE",
            paid ? PaymentId.Parse("pay_01kanx0fv9e5vbr9b7xw6n4c2m", null) : null, paid ? 1 : 0, new Dictionary<string, string>(), null, at,
            at));
    }
}
