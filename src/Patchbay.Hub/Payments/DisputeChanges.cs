using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Writes what providers say of disputes, with the audit entry and the event of what changed.</summary>
public sealed class DisputeChanges(EventLog events, IdGenerator ids)
{
    public static void Need(LedgerNeeds needs, PaymentKey key, PaymentState? state)
    {
        foreach (var report in state?.Disputes ?? [])
            needs.Row(DisputeTable.Instance, KeyOf(key, report));
    }

    /// <summary>The payment, with what its disputes take from it now.</summary>
    public Payment Join(LedgerRows rows, Payment payment, PaymentState state, DateTimeOffset now)
    {
        foreach (var report in state.Disputes)
        {
            var known = rows.Find(DisputeTable.Instance, KeyOf(payment.Key, report));
            var reported = Read(payment, report, state.At, now);
            var after = known is null ? reported : Dispute.Later(known, reported);
            if (after == known)
                continue;
            if (known is null)
                rows.Insert(DisputeTable.Instance, after);
            else
                rows.Update(DisputeTable.Instance, after);
            payment = payment with { Contested = payment.Contested - Contested.By(known) + Contested.By(after), UpdatedAt = now };
            Tell(rows, known, after, now);
        }

        return payment;
    }

    /// <summary>An amount in another currency, or more than was paid, is about all of the payment.</summary>
    private Dispute Read(Payment payment, DisputeReport report, DateTimeOffset? at, DateTimeOffset now) => new()
    {
        Key = KeyOf(payment.Key, report), Id = ids.New<DisputeId>(), Kind = report.Kind, Status = report.Status,
        Amount = report.Amount is { } amount && amount.Currency == payment.Amount.Currency && amount < payment.Amount
            ? payment.InMinorUnits(Math.Max(0, amount.MinorUnits))
            : payment.Amount,
        Reason = report.Reason, EvidenceDueAt = report.EvidenceDueBy, ReportedAt = at, CreatedAt = now, UpdatedAt = now,
    };

    private void Tell(LedgerRows rows, Dispute? before, Dispute after, DateTimeOffset now)
    {
        if (DisputeEvents.Of(before, after) is not { } type)
            return;
        var payment = after.Key.Payment.ToString();
        AuditLog.Write(
            rows, after.Key.Tenant, AuditLog.System, "payment.dispute", payment,
            new
            {
                dispute = after.Id, after.Key.ProviderReference, after.Kind, from = before?.Status, to = after.Status,
                amount = after.Amount.ToAmountString(), currency = after.Amount.Currency.Code,
            },
            now);
        events.Publish(rows, after.Key.Tenant, type, payment, DisputeView.From(after), now);
    }

    private static DisputeKey KeyOf(PaymentKey payment, DisputeReport report) => new(payment.Tenant, payment.Id, report.ProviderReference);
}
