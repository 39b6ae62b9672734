namespace Patchbay.Connectors.Contracts;

/// <summary>
/// What a provider says of a payment at one moment, from an answer or a webhook. Every part is a fact that only grows: the hub joins
/// it with what it knew, so facts may arrive twice, late or in any order.
/// </summary>
/// <param name="ProviderReference">The provider's id of the payment.</param>
/// <param name="Status">One of pending, requires_action, processing, authorized, failed, canceled, expired, succeeded.</param>
public sealed record PaymentState(string ProviderReference, PaymentStatus Status)
{
    /// <summary>Null: all of the payment once it succeeded, nothing before.</summary>
    public Money? Captured { get; init; }

    /// <summary>All that was refunded so far, also outside the hub; null when this answer does not tell.</summary>
    public Money? Refunded { get; init; }

    public DisputeState Dispute { get; init; }

    /// <summary>What the customer has to do next; null when nothing.</summary>
    public NextAction? NextAction { get; init; }

    /// <summary>Further ids that later calls need, for example of the hosted page. Kept and handed back.</summary>
    public IReadOnlyDictionary<string, string> ProviderData { get; init; } = new Dictionary<string, string>();

    /// <summary>The provider's code of why it failed; null unless it did.</summary>
    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }
}

/// <summary>What the paying customer has to do.</summary>
/// <param name="Type"><c>redirect</c>, <c>embed</c>, <c>client_secret</c>, <c>qr</c> or <c>instructions</c>.</param>
/// <param name="Url">For a redirect; else null.</param>
/// <param name="ClientSecret">For the provider's script in the caller's page; else null.</param>
/// <param name="PublishableKey">The key that goes with the client secret; null when none was entered.</param>
public sealed record NextAction(string Type, Uri? Url = null, string? ClientSecret = null, string? PublishableKey = null);
