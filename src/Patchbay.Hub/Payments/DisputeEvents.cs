using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Events;

namespace Patchbay.Hub.Payments;

/// <summary>What is told of disputes. The data is the dispute; the subject is its payment.</summary>
internal static class DisputeEvents
{
    public static readonly EventType Opened =
        Of("opened", "The customer's bank asks about a payment, or disputes it in part or in full", DisputeStatus.Open);

    public static readonly EventType Updated =
        Of("updated", "Kind or amount of a dispute changed: an inquiry that became a chargeback, for example", DisputeStatus.Open);

    public static readonly EventType Closed = Of("closed", "A dispute was decided, or an inquiry ended", DisputeStatus.Lost);

    public static readonly EventType Corrected =
        Of("corrected", "A dispute that had been decided was decided anew, or opened again", DisputeStatus.Won);

    /// <summary>What tells of a change; null when nothing changed that anybody is told of.</summary>
    /// <param name="before">Null for a new one.</param>
    public static EventType? Of(Dispute? before, Dispute after) => (before?.Status, after.Status) switch
    {
        (null, DisputeStatus.Open) => Opened,
        (null or DisputeStatus.Open, not DisputeStatus.Open) => Closed,
        var (was, now) when was != now => Corrected,
        _ => (before!.Kind, before.Amount) == (after.Kind, after.Amount) ? null : Updated,
    };

    private static EventType Of(string name, string description, DisputeStatus status)
    {
        var at = new DateTimeOffset(2026, 11, 21, 16, 0, 0, TimeSpan.Zero);
        return EventType.Of("payment.dispute_" + name, description, new DisputeView(
            DisputeId.Parse("dsp_01kanz9m2te5wbv3c8r6x1j4yq", null), PaymentId.Parse("pay_01kanx0fv9e5vbr9b7xw6n4c2m", null),
            DisputeKind.Chargeback, status, "25.00", "JMD", "fraudulent", "dp_3QK9dE2eZvKYlo2C", at.AddDays(9), at,
            at.AddSeconds(1), at.AddSeconds(1)));
    }
}
