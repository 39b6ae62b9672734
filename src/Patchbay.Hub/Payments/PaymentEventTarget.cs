using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Audit;
using Patchbay.Integrations.Inbound;
using Patchbay.Integrations.Integrations;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Takes what providers report about payments.</summary>
internal sealed class PaymentEventTarget(Database database, PaymentChanges changes) : IProviderEventTarget
{
    public bool Handles(ProviderEvent providerEvent) => providerEvent is PaymentEvent;

    public async Task<ISubjectUpdate?> FindAsync(Integration integration, ProviderEvent providerEvent, CancellationToken cancellationToken)
    {
        var reported = (PaymentEvent)providerEvent;
        var tenant = integration.TenantId;
        var payment = TypeId.TryParse<PaymentId>(reported.HubReference, out var id)
            ? await database.FindAsync(PaymentTable.Instance, new PaymentKey(tenant, id), cancellationToken)
            : await database.FindAsync(
                "SELECT * FROM payments WHERE tenant_id = @tenant AND integration_id = @integration AND provider_reference = @reference LIMIT 1",
                new { tenant, integration = integration.Id, reference = reported.ProviderReference ?? "" }, PaymentTable.Instance.Read, cancellationToken);
        // A provider may only speak of payments that were given to it.
        return payment is null || payment.IntegrationId != integration.Id || reported.State.Captured is { } captured && captured.Currency != payment.Amount.Currency
            ? null
            : new Update(payment.Key, reported.State, changes);
    }

    private sealed class Update(PaymentKey key, PaymentState state, PaymentChanges changes) : ISubjectUpdate
    {
        public string Subject => key.Id.ToString();

        public void Need(LedgerNeeds needs) => changes.Need(needs, key);

        public void Apply(LedgerRows rows, DateTimeOffset now)
        {
            if (rows.Find(PaymentTable.Instance, key) is { } payment)
                changes.Write(rows, payment, PaymentChanges.Join(payment, state, now), AuditLog.System, "webhook", now);
        }
    }
}

/// <summary>Takes what providers report about refunds.</summary>
internal sealed class RefundEventTarget(Database database, PaymentChanges changes) : IProviderEventTarget
{
    public bool Handles(ProviderEvent providerEvent) => providerEvent is RefundEvent;

    public async Task<ISubjectUpdate?> FindAsync(Integration integration, ProviderEvent providerEvent, CancellationToken cancellationToken)
    {
        var reported = (RefundEvent)providerEvent;
        var tenant = integration.TenantId;
        var refund = TypeId.TryParse<RefundId>(reported.HubReference, out var id)
            ? await database.FindAsync(RefundTable.Instance, new RefundKey(tenant, id), cancellationToken)
            : await database.FindAsync(
                "SELECT * FROM refunds WHERE tenant_id = @tenant AND provider_reference = @reference LIMIT 1",
                new { tenant, reference = reported.ProviderReference ?? "" }, RefundTable.Instance.Read, cancellationToken);
        if (refund is null)
        {
            return reported.HubReference is null
                ? new NoUpdate(reported.ProviderReference ?? "", "A refund that was made at the provider itself: its payment's total tells of it.")
                : null;
        }

        var payment = await database.FindAsync(PaymentTable.Instance, new PaymentKey(tenant, refund.PaymentId), cancellationToken);
        return payment?.IntegrationId == integration.Id ? new Update(refund, reported.State, changes) : null;
    }

    private sealed class Update(Refund seen, RefundState state, PaymentChanges changes) : ISubjectUpdate
    {
        public string Subject => seen.Id.ToString();

        public void Need(LedgerNeeds needs)
        {
            needs.Row(RefundTable.Instance, seen.Key);
            changes.Need(needs, new PaymentKey(seen.TenantId, seen.PaymentId));
        }

        public void Apply(LedgerRows rows, DateTimeOffset now)
        {
            if (rows.Find(RefundTable.Instance, seen.Key) is { } refund)
                changes.WriteRefund(rows, refund, state, AuditLog.System, now);
        }
    }
}
