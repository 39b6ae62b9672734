using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Alerts;

namespace Patchbay.Hub.Payments;

/// <summary>Asks how refunds ended that stay open.</summary>
internal sealed class RefundFollowUp(PaymentHandlers payments, FollowUpServices hub)
    : FollowUp<RefundKey, Refund>(RefundTable.Instance, "verify_at", Schedule, hub)
{
    public static readonly FollowUpSchedule Schedule = FollowUpSchedule.ForAFortnight;

    protected override FollowedRow Read(Refund refund) => new(
        refund.TenantId, refund.Id.ToString(), refund.Status == RefundStatus.Pending, refund.ProviderReference is not null,
        refund.CreatedAt, refund.VerifyAt, refund.Verifications);

    protected override Refund Asked(Refund refund, DateTimeOffset? next) =>
        refund with { Verifications = refund.Verifications + 1, VerifyAt = next };

    /// <summary>The delivery that asks how a refund stands.</summary>
    /// <param name="at">Where its payment is.</param>
    public static Placement Question(Refund refund, IntegrationId at) =>
        new(PaymentCapabilities.VerifyRefund, refund.TenantId, refund.Id.Value, Integration.LaneOf(at))
        {
            Payload = RefundPayload.For(refund.PaymentId),
        };

    protected override async ValueTask<Placement> AskAsync(Refund refund, CancellationToken cancellationToken) =>
        Question(refund, (await payments.FindAsync(refund.TenantId, refund.PaymentId, cancellationToken))!.IntegrationId);

    protected override Alert GivenUp(string id) =>
        new("refund_unresolved", "The refund has been open for 14 days; the provider is not asked any more. Look it up there.", id);
}
