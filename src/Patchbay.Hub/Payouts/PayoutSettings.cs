using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Payouts;

/// <summary>What a tenant has set for its payouts. Whoever lets one leave reads it under lock.</summary>
/// <param name="IsEnabled">The kill switch: false lets nothing leave.</param>
/// <param name="IsClosedLoop">Customers are paid back first where they paid in.</param>
/// <param name="ApproveAbove">See <see cref="Limit"/>; in minor units.</param>
[LedgerTable("payout_settings")]
public sealed partial record PayoutSettings(
    [Key] TenantId TenantId, bool IsEnabled, bool IsClosedLoop, long? ApproveAbove, string? ApproveCurrency)
{
    /// <summary>A payout of more, and every one in another currency, waits for a second person; null: none does.</summary>
    public Money? Limit => ApproveAbove is { } amount ? new Money(amount, Currency.Parse(ApproveCurrency!)) : null;

    /// <summary>Until a tenant sets it otherwise.</summary>
    public static PayoutSettings Unset(TenantId tenant) => new(tenant, IsEnabled: false, IsClosedLoop: false, null, null);

    public bool AsksForApproval(Money amount) => Limit is { } limit && (amount.Currency != limit.Currency || amount > limit);
}
