using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Alerts;

namespace Patchbay.Hub.Payouts;

/// <summary>Asks how payouts stand that stay open.</summary>
internal sealed class PayoutFollowUp(FollowUpServices hub)
    : FollowUp<PayoutKey, Payout>(PayoutTable.Instance, "verify_at", Schedule, hub)
{
    public static readonly FollowUpSchedule Schedule = FollowUpSchedule.ForAFortnight;

    /// <summary>The delivery that asks how a payout stands.</summary>
    public static Placement Question(Payout payout) =>
        new(PayoutCapabilities.Verify, payout.TenantId, payout.Id.Value, Integration.LaneOf(payout.IntegrationId));

    protected override FollowedRow Read(Payout payout) => new(
        payout.TenantId, payout.Id.ToString(), payout.IsOpen,
        payout.ProviderReference is not null, payout.CreatedAt, payout.VerifyAt, payout.Verifications);

    protected override Payout Asked(Payout payout, DateTimeOffset? next) =>
        payout with { Verifications = payout.Verifications + 1, VerifyAt = next };

    protected override ValueTask<Placement> AskAsync(Payout payout, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Question(payout));

    protected override Alert GivenUp(string id) => new(
        "payout_unresolved",
        "The payout has been open for 14 days; the provider is not asked any more. Look it up there, then POST /payouts/{id}/resolve.", id);
}
