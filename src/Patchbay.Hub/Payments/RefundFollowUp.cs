using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Alerts;
using Patchbay.Platform.Tenants;

namespace Patchbay.Hub.Payments;

/// <summary>Asks how refunds ended that stay open; by their payments' integrations.</summary>
internal sealed class RefundFollowUp(FollowUpServices hub)
    : FollowUp<RefundKey, Refund>(RefundTable.Instance, PaymentFollowUp.Schedule, hub)
{
    protected override string Due =>   // engine scope: all tenants
        "SELECT r.*, p.integration_id AS integration_id " +
        "FROM refunds AS r JOIN payments AS p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id " +
        $"WHERE r.verify_at <= @now AND r.{TenantMoveTable.NotMoving} ORDER BY r.verify_at LIMIT @limit";

    protected override FollowedRow Read(Refund refund) => new(
        refund.TenantId, refund.Id.ToString(), refund.Status == RefundStatus.Pending, refund.ProviderReference is not null,
        refund.CreatedAt, refund.VerifyAt, refund.Verifications);

    protected override Refund Asked(Refund refund, DateTimeOffset? next) =>
        refund with { Verifications = refund.Verifications + 1, VerifyAt = next };

    protected override Placement Ask(Refund refund, IntegrationId at) =>
        new(PaymentCapabilities.VerifyRefund, refund.TenantId, refund.Id.Value, Integration.LaneOf(at))
        {
            Payload = RefundPayload.For(refund.PaymentId),
        };

    protected override Alert GivenUp(string id) =>
        new("refund_unresolved", "The refund has been open for a day; the provider is not asked any more.", id);
}
