using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Inbound;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Takes what providers report about refunds.</summary>
internal sealed class RefundEventTarget(Database database, PaymentChanges changes)
    : ProviderFactTarget<RefundEvent, RefundId, RefundKey, Refund>(database, RefundTable.Instance)
{
    /// <summary>It goes where its payment is.</summary>
    public static readonly (string Column, string Join) WhereItsPaymentIs =
        ("p.integration_id", "JOIN payments AS p ON p.tenant_id = s.tenant_id AND p.id = s.payment_id");

    protected override (string Column, string Join) GivenTo => WhereItsPaymentIs;

    protected override RefundId IdOf(Refund refund) => refund.Id;

    protected override void Need(LedgerNeeds needs, Refund seen, RefundEvent reported)
    {
        needs.Row(RefundTable.Instance, seen.Key);
        changes.Need(needs, new PaymentKey(seen.TenantId, seen.PaymentId));
    }

    protected override void Apply(LedgerRows rows, Refund refund, RefundEvent reported, DateTimeOffset now) =>
        changes.WriteRefund(rows, refund, reported.State, AuditLog.System, now);

    protected override ISubjectUpdate? Unknown(RefundEvent reported) => reported.HubReference is null
        ? new NoUpdate(reported.ProviderReference ?? "", "A refund that was made at the provider itself: its payment's total tells of it.")
        : null;
}
