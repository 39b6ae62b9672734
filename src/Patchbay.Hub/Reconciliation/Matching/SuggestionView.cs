using Patchbay.Hub.Payments;
using Patchbay.Hub.Payouts;
using Patchbay.Storage;

namespace Patchbay.Hub.Reconciliation.Matching;

/// <summary>What an unmatched entry may stand for.</summary>
/// <param name="Score">0 to 100.</param>
public sealed record SuggestionView(
    PaymentId? PaymentId, RefundId? RefundId, PayoutId? PayoutId, int Score, IReadOnlyList<string> Reasons, string Amount, string Currency,
    string? Reference, string Status)
{
    internal static SuggestionView Of(Suggestion suggestion) => new(
        IdIn<PaymentId>(suggestion), IdIn<RefundId>(suggestion), IdIn<PayoutId>(suggestion), suggestion.Score, suggestion.Reasons,
        suggestion.Of.Amount.ToAmountString(), suggestion.Of.Amount.Currency.Code,
        suggestion.Of.References.FirstOrDefault(), suggestion.Of.Status);

    private static TId? IdIn<TId>(Suggestion suggestion)
        where TId : struct, ITypedId<TId> => TypeId.TryParse<TId>(suggestion.Of.Subject, out var id) ? id : null;
}
