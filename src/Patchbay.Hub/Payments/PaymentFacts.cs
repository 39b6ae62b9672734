using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Payments;

/// <summary>
/// How far a payment has come, in the order in which one may follow another. A failed attempt may still be followed by a successful one of
/// the same customer, and money that arrived is the truth whatever was believed before: so succeeded is last.
/// </summary>
public enum PaymentPhase
{
    Pending,
    RequiresAction,
    Processing,
    Failed,
    Expired,
    Authorized,
    Canceled,
    Succeeded,
}

/// <summary>
/// What is known of a payment. Phase and captured only grow, and so does refunded but for what came back (<see cref="RefundBooks"/>): facts
/// from answers, webhooks and verifications are joined, so it does not matter in which order they come, how often, or how late.
/// </summary>
/// <param name="Captured">In minor units.</param>
/// <param name="Refunded">In minor units, the total that the provider told, also of refunds outside the hub.</param>
public readonly record struct PaymentFacts(PaymentPhase Phase, long Captured, long Refunded)
{
    public static readonly PaymentFacts None = new(PaymentPhase.Pending, 0, 0);

    /// <summary>The status that follows from the facts, disputes apart.</summary>
    public PaymentStatus Status => Phase switch
    {
        PaymentPhase.Pending => PaymentStatus.Pending,
        PaymentPhase.RequiresAction => PaymentStatus.RequiresAction,
        PaymentPhase.Processing => PaymentStatus.Processing,
        PaymentPhase.Failed => PaymentStatus.Failed,
        PaymentPhase.Expired => PaymentStatus.Expired,
        PaymentPhase.Authorized => PaymentStatus.Authorized,
        PaymentPhase.Canceled => PaymentStatus.Canceled,
        _ when Refunded > 0 => Refunded >= Captured ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded,
        _ => PaymentStatus.Succeeded,
    };

    /// <summary>Nothing more is expected to happen by itself.</summary>
    public bool IsSettled =>
        Phase is PaymentPhase.Failed or PaymentPhase.Expired or PaymentPhase.Canceled or PaymentPhase.Succeeded or PaymentPhase.Authorized;

    public PaymentFacts Join(PaymentFacts other) => new(
        (PaymentPhase)Math.Max((int)Phase, (int)other.Phase),
        Math.Max(Captured, other.Captured),
        Math.Max(Refunded, other.Refunded));

    /// <summary>What a provider's answer says, given the payment's amount. Captured and refunded never exceed it.</summary>
    public static PaymentFacts From(PaymentState state, long amount)
    {
        var phase = state.Status switch
        {
            PaymentStatus.Pending => PaymentPhase.Pending,
            PaymentStatus.RequiresAction => PaymentPhase.RequiresAction,
            PaymentStatus.Processing => PaymentPhase.Processing,
            PaymentStatus.Authorized => PaymentPhase.Authorized,
            PaymentStatus.Failed => PaymentPhase.Failed,
            PaymentStatus.Canceled => PaymentPhase.Canceled,
            PaymentStatus.Expired => PaymentPhase.Expired,
            _ => PaymentPhase.Succeeded,
        };
        var captured = state.Captured?.MinorUnits ?? (phase == PaymentPhase.Succeeded ? amount : 0);
        return new PaymentFacts(phase, Math.Clamp(captured, 0, amount), Math.Clamp(state.Refunded?.MinorUnits ?? 0, 0, amount));
    }
}
