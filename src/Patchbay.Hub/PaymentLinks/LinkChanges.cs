using Patchbay.Hub.Payments;
using Patchbay.Platform.Alerts;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>Writes links with the audit entry and the event, and follows the payments that are made on them.</summary>
public sealed class LinkChanges(EventLog events) : IPaymentListener
{
    /// <summary>The tenant's audit is locked first, as by whoever writes a payment.</summary>
    public static void Need(LedgerNeeds needs, LinkKey key) =>
        needs.Row(AuditHeadTable.Instance, key.Tenant, (more, _) => more.Row(PaymentLinkTable.Instance, key));

    /// <param name="before">Null for a new one.</param>
    internal void Write(LedgerRows rows, PaymentLink? before, PaymentLink after, string actor, EventType told, DateTimeOffset now)
    {
        if (before is null)
            rows.Insert(PaymentLinkTable.Instance, after);
        else
            rows.Update(PaymentLinkTable.Instance, after);
        AuditLog.Write(
            rows, after.TenantId, actor, told.Name, after.Id.ToString(), new { after.Status, payment = after.PaymentId, after.Reference },
            now);
        events.Publish(rows, after.TenantId, told, after.Id.ToString(), LinkView.Of(after), now);
    }

    void IPaymentListener.Need(LedgerNeeds needs, Payment? payment)
    {
        if (LinkOf(payment) is { } link)
            needs.Row(PaymentLinkTable.Instance, link);
    }

    void IPaymentListener.Apply(LedgerRows rows, Payment before, Payment after, DateTimeOffset now)
    {
        if (before.Facts.Phase == after.Facts.Phase || LinkOf(after) is not { } key
            || rows.Find(PaymentLinkTable.Instance, key) is not { } link)
            return;
        if (after.Facts.Phase == PaymentPhase.Succeeded)
            Paid(rows, link, after, now);
        else if (after.Facts.IsSettled && after.Facts.Phase != PaymentPhase.Authorized && link.PaymentId == after.Id)
            rows.Update(PaymentLinkTable.Instance, link with { PaymentId = null, UpdatedAt = now });   // another try may follow
    }

    private void Paid(LedgerRows rows, PaymentLink link, Payment payment, DateTimeOffset now)
    {
        var paid = link with { PaidCount = link.PaidCount + 1, UpdatedAt = now };
        if (link.Usage == LinkUsage.Single)
            paid = paid with { Status = LinkStatus.Paid, PaymentId = payment.Id, DueAt = null };
        Write(rows, link, paid, AuditLog.System, LinkEvents.Paid, now);
        if (link is not { Usage: LinkUsage.Single, Status: LinkStatus.Paid or LinkStatus.Canceled })
            return;
        events.Publish(rows, link.TenantId, Alert.Raised, payment.Id.ToString(), new Alert(
            "payment_link_overpaid",
            $"{payment.Amount} came in on link {link.Id}, which was {link.Status.ToWord()} already. Refund it, or set it off.",
            payment.Id.ToString()), now);
    }

    private static LinkKey? LinkOf(Payment? payment) =>
        payment is { Origin: { } origin } && LinkId.TryParse(origin, null, out var id) ? new LinkKey(payment.TenantId, id) : null;
}
