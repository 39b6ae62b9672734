using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Payments;

/// <summary>A dispute as the API shows it.</summary>
/// <param name="Kind">An <c>inquiry</c> asks and takes nothing; a <c>chargeback</c> holds its amount until it is decided.</param>
/// <param name="Status">A decision may be corrected by the provider.</param>
/// <param name="Amount">Decimal string in major units of the payment's currency; maybe less than the payment.</param>
/// <param name="EvidenceDueAt">Until when evidence can be handed in, at the provider; null when it does not tell.</param>
/// <param name="ReportedAt">Since when it is so, by the provider's clock; null when it does not tell.</param>
public sealed record DisputeView(
    DisputeId Id, PaymentId PaymentId, DisputeKind Kind, DisputeStatus Status, string Amount, string Currency, string? Reason,
    string ProviderReference, DateTimeOffset? EvidenceDueAt, DateTimeOffset? ReportedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static DisputeView From(Dispute dispute) => new(
        dispute.Id, dispute.Key.Payment, dispute.Kind, dispute.Status, dispute.Amount.ToAmountString(), dispute.Amount.Currency.Code,
        dispute.Reason, dispute.Key.ProviderReference, dispute.EvidenceDueAt, dispute.ReportedAt, dispute.CreatedAt, dispute.UpdatedAt);
}
