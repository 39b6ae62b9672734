namespace Patchbay.Connectors.Contracts;

/// <summary>How serious a dispute is; it may become a chargeback, never an inquiry again.</summary>
public enum DisputeKind
{
    /// <summary>The customer's bank asks; no money is held back.</summary>
    Inquiry,

    /// <summary>The disputed money is held back until it is decided.</summary>
    Chargeback,
}

/// <summary>Where a dispute stands; of two that are said of the same moment the later one here counts.</summary>
public enum DisputeStatus
{
    Open,

    /// <summary>The money stays, or came back; also an inquiry that was closed.</summary>
    Won,
    Lost,
}

/// <summary>What a provider says of one dispute about a payment; a payment may have several.</summary>
/// <param name="ProviderReference">The provider's id of the dispute; of a provider that names none, the payment's.</param>
/// <param name="Amount">What is disputed; null: all of the payment.</param>
/// <param name="Reason">The provider's word; null when it says none.</param>
public sealed record DisputeReport(
    string ProviderReference, DisputeKind Kind, DisputeStatus Status, Money? Amount = null, string? Reason = null)
{
    /// <summary>Until when evidence can be handed in; null when the provider does not tell, or none is wanted any more.</summary>
    public DateTimeOffset? EvidenceDueBy { get; init; }
}
