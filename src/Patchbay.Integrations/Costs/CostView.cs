using System.Globalization;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Costs;

/// <summary>What a provider charges for something that it did, as it told.</summary>
/// <param name="SubjectId">What it was done for: a payment, a refund, a message.</param>
/// <param name="IntegrationId">Whose account at the provider is charged.</param>
/// <param name="Kind">What for: <c>fee</c> of a payment, <c>message</c>.</param>
/// <param name="Amount">In major units, up to six decimals; below zero when it was paid back.</param>
/// <param name="ProviderReference">Under which the provider has what it charges for.</param>
/// <param name="UpdatedAt">When it was last told otherwise.</param>
public sealed record CostView(
    CostId Id, string SubjectId, IntegrationId IntegrationId, string Kind, string Amount, string Currency, string ProviderReference,
    DateTimeOffset UpdatedAt)
{
    public static CostView Of(Cost cost) => new(
        cost.Id, cost.SubjectId, cost.IntegrationId, cost.Kind, cost.Amount.ToString("0.00####", CultureInfo.InvariantCulture),
        cost.Currency, cost.ProviderReference, cost.UpdatedAt);
}
