using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>
/// Asks the provider about payments and refunds that stay open, in case a webhook was lost: after 1, 5 and 15 minutes, after 1 hour, then
/// hourly for a day. Any node may do it; a row is due once.
/// </summary>
public sealed class PaymentReconciler(Database database, Ledger ledger, DeliveryEngine engine, PaymentHandlers payments, PaymentChanges changes, TimeProvider time)
{
    private const int Step = 200;

    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan[] Schedule =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)];

    public static DateTimeOffset FirstVerification(DateTimeOffset createdAt) => createdAt + Schedule[0];

    /// <summary>When to ask again after so many times; null after a day.</summary>
    public static DateTimeOffset? NextVerification(DateTimeOffset createdAt, int done, DateTimeOffset now)
    {
        var next = done < Schedule.Length ? createdAt + Schedule[done] : now + TimeSpan.FromHours(1);
        if (next <= now)
            next = now + TimeSpan.FromMinutes(1);
        return next - createdAt > GiveUpAfter ? null : next;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = await database.QueryAsync(
            $"SELECT * FROM payments WHERE verify_at <= @now AND {TenantMoveTable.NotMoving} ORDER BY verify_at LIMIT @Step",   // engine scope: all tenants
            new { now, Step }, PaymentTable.Instance.Read, cancellationToken);
        foreach (var payment in due)
        {
            var check = await payments.PlaceAsync(
                payment.TenantId, Capabilities.VerifyPayment, payment.Id.Value, payment.IntegrationId, [], null, now, cancellationToken);
            if (await ledger.CommitAsync(new VerifyDuePayment(payment, check, changes, now), cancellationToken))
                engine.Start(check);
        }

        var refunds = await database.QueryAsync(
            "SELECT r.*, p.integration_id AS integration_id FROM refunds AS r JOIN payments AS p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id " +
            $"WHERE r.verify_at <= @now AND r.{TenantMoveTable.NotMoving} ORDER BY r.verify_at LIMIT @Step",   // engine scope: all tenants
            new { now, Step }, row => (Refund: RefundTable.Instance.Read(row), Integration: row.Id<IntegrationId>("integration_id")), cancellationToken);
        foreach (var (refund, integration) in refunds)
        {
            var check = await payments.PlaceAsync(
                refund.TenantId, PaymentRules.VerifyRefund, refund.Id.Value, integration, RefundPayload.For(refund.PaymentId), null, now, cancellationToken);
            if (await ledger.CommitAsync(new VerifyDueRefund(refund, check, changes, now), cancellationToken))
                engine.Start(check);
        }
    }

    private sealed class VerifyDuePayment(Payment seen, Delivery check, PaymentChanges changes, DateTimeOffset now) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(PaymentTable.Instance, seen.Key);

        public override bool Decide(LedgerRows rows)
        {
            var payment = rows.Find(PaymentTable.Instance, seen.Key);
            if (payment is null || payment.VerifyAt != seen.VerifyAt)
                return false;   // another node was first, or it is settled
            var next = !payment.AwaitsProvider ? null : NextVerification(payment.CreatedAt, payment.Verifications + 1, now);
            rows.Update(PaymentTable.Instance, payment with { Verifications = payment.Verifications + 1, VerifyAt = next });
            if (!payment.AwaitsProvider)
                return false;
            if (next is null)
                changes.Alert(rows, payment.TenantId, payment.Id.ToString(), "payment_unresolved", "The payment has been open for a day; the provider is not asked any more.", now);
            if (payment.ProviderReference is null)
                return false;   // its first call has not succeeded yet
            rows.Insert(DeliveryTable.Instance, check);
            return true;
        }
    }

    private sealed class VerifyDueRefund(Refund seen, Delivery check, PaymentChanges changes, DateTimeOffset now) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(RefundTable.Instance, seen.Key);

        public override bool Decide(LedgerRows rows)
        {
            var refund = rows.Find(RefundTable.Instance, seen.Key);
            if (refund is null || refund.VerifyAt != seen.VerifyAt || refund.Status != RefundStatus.Pending)
                return false;
            var next = NextVerification(refund.CreatedAt, refund.Verifications + 1, now);
            rows.Update(RefundTable.Instance, refund with { Verifications = refund.Verifications + 1, VerifyAt = next });
            if (next is null)
                changes.Alert(rows, refund.TenantId, refund.Id.ToString(), "refund_unresolved", "The refund has been open for a day; the provider is not asked any more.", now);
            if (refund.ProviderReference is null)
                return false;
            rows.Insert(DeliveryTable.Instance, check);
            return true;
        }
    }
}
