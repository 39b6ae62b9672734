namespace Patchbay.Connectors.Contracts;

/// <summary>
/// What a provider says of a payment at one moment, from an answer or a webhook. The hub joins it with what it knew, so it may arrive
/// twice, late or in any order. Most parts only grow; where a provider may say otherwise later, <see cref="At"/> tells which stands.
/// </summary>
/// <param name="ProviderReference">The provider's id of the payment.</param>
/// <param name="Status">One of pending, requires_action, processing, authorized, failed, canceled, expired, succeeded. Failed only when the
/// customer cannot try again: a declined try is requires_action with a failure.</param>
public sealed record PaymentState(string ProviderReference, PaymentStatus Status) : ITellCosts, ITellFailure
{
    /// <summary>
    /// The customer has agreed, and nothing is charged until the hub completes it (<see cref="ICompletePayment"/>). Only with status
    /// processing.
    /// </summary>
    public bool ToBeCompleted { get; init; }

    /// <summary>
    /// The customer has until then, and nobody has to be asked before, as where the money is found on a statement. Null: as usual.
    /// </summary>
    public DateTimeOffset? AskAt { get; init; }

    /// <summary>Null: all of the payment once it succeeded, nothing before.</summary>
    public Money? Captured { get; init; }

    /// <summary>
    /// All that is refunded, also outside the hub; null when this answer does not tell. Less than before once a refund came back.
    /// </summary>
    public Money? Refunded { get; init; }

    /// <summary>When it was so, by the provider's clock; null when the webhook does not tell, and in answers.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Those that this answer tells of; not necessarily all.</summary>
    public IReadOnlyList<DisputeReport> Disputes { get; init; } = [];

    /// <summary>What the customer has to do next; null when nothing.</summary>
    public NextAction? NextAction { get; init; }

    /// <summary>Further ids that later calls need, for example of the hosted page. Kept and handed back.</summary>
    public IReadOnlyDictionary<string, string> ProviderData { get; init; } = new Dictionary<string, string>();

    /// <summary>Why it, or the customer's last try, failed; null unless one did.</summary>
    public FailureDetail? Failure { get; init; }

    /// <summary>The provider's own fees, of kind <c>fee</c>; empty when this answer does not tell.</summary>
    public IReadOnlyList<CostLine> Costs { get; init; } = [];
}
