using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>
/// Writes what became of a payment or a refund, with the audit entry, the events of what changed, and what listeners make of it.
/// </summary>
public sealed class PaymentChanges(EventLog events, IEnumerable<IPaymentListener> listeners)
{
    private readonly IPaymentListener[] _listeners = [.. listeners];

    public void Need(LedgerNeeds needs, PaymentKey key)
    {
        needs.Row(PaymentTable.Instance, key, (more, payment) =>
        {
            foreach (var listener in _listeners)
                listener.Need(more, payment);
        });
        AuditLog.Need(needs, key.Tenant);
    }

    /// <summary>Joins what a provider said to what is known.</summary>
    public static Payment Join(Payment payment, PaymentState state, DateTimeOffset now)
    {
        var facts = payment.Facts.Join(PaymentFacts.From(state, payment.Amount.MinorUnits));
        var failed = facts.Phase == PaymentPhase.Failed;
        var next = payment with
        {
            Facts = facts,
            ProviderReference = IsOlderName(payment, state.ProviderReference) ? payment.ProviderReference : state.ProviderReference,
            ProviderData = Merge(payment.ProviderData, state.ProviderData),
            NextAction = state.NextAction is { } action ? JsonSerializer.Serialize(action, HubJson.Stored) : payment.NextAction,
            FailureCode = failed ? state.FailureCode ?? payment.FailureCode : null,
            FailureMessage = failed ? state.FailureMessage ?? payment.FailureMessage : null,
            VerifyAt = facts.IsSettled ? null : payment.VerifyAt,
        };
        return next == payment ? payment : next with { UpdatedAt = now };
    }

    /// <summary>Writes a changed payment; nothing when nothing changed.</summary>
    public void Write(LedgerRows rows, Payment before, Payment after, string actor, string cause, DateTimeOffset now)
    {
        if (after == before)
            return;
        rows.Update(PaymentTable.Instance, after);
        foreach (var listener in _listeners)
            listener.Apply(rows, before, after, now);
        var refundedMore = after.Facts.Refunded > before.Facts.Refunded;
        if (after.Status == before.Status && !refundedMore && after.Facts.Captured == before.Facts.Captured)
            return;
        AuditLog.Write(
            rows, after.TenantId, actor, "payment.status", after.Id.ToString(),
            new { from = before.Status, to = after.Status, cause, captured = after.Facts.Captured, refunded = after.Facts.Refunded }, now);
        if (refundedMore)
            Publish(rows, after, PaymentEvents.Refunded, now);
        if (after.Status != before.Status && PaymentEvents.Became(after.Status) is { } type)
            Publish(rows, after, type, now);
    }

    public void WriteNew(LedgerRows rows, Payment payment, string actor, DateTimeOffset now)
    {
        rows.Insert(PaymentTable.Instance, payment);
        AuditLog.Write(
            rows, payment.TenantId, actor, "payment.create", payment.Id.ToString(),
            new { amount = payment.Amount.ToAmountString(), currency = payment.Amount.Currency.Code, payment.Reference }, now);
        Publish(rows, payment, PaymentEvents.Created, now);
    }

    /// <summary>Joins what a provider said of a refund. The first final word stands; a later, contrary one raises an alert.</summary>
    public void WriteRefund(LedgerRows rows, Refund refund, RefundState state, string actor, DateTimeOffset now)
    {
        var known = refund with { ProviderReference = state.ProviderReference.Length > 0
            ? state.ProviderReference : refund.ProviderReference };
        if (refund.Status != RefundStatus.Pending || state.Status == RefundStatus.Pending)
        {
            if (refund.Status != RefundStatus.Pending && state.Status != RefundStatus.Pending && state.Status != refund.Status)
            {
                Alert(rows, refund.TenantId, refund.Id.ToString(), "refund_contradicted",
                    $"The provider now says {state.Status.ToWord()}; it was {refund.Status.ToWord()} before.", now);
            }

            if (known != refund)
                rows.Update(RefundTable.Instance, known with { UpdatedAt = now });
            return;
        }

        var ended = known with
        {
            Status = state.Status, FailureCode = state.FailureCode, FailureMessage = state.FailureMessage, VerifyAt = null, UpdatedAt = now,
        };
        rows.Update(RefundTable.Instance, ended);
        var payment = rows.Find(PaymentTable.Instance, new PaymentKey(refund.TenantId, refund.PaymentId))!;
        var succeeded = state.Status == RefundStatus.Succeeded;
        var after = succeeded
            ? payment with { RefundSucceeded = payment.RefundSucceeded + refund.Amount.MinorUnits }
            : payment with { RefundReserved = payment.RefundReserved - refund.Amount.MinorUnits };
        if (succeeded)
            after = after with { Facts = after.Facts.Join(after.Facts with { Refunded = after.RefundSucceeded }) };
        Write(rows, payment, after with { UpdatedAt = now }, actor, "refund", now);
        AuditLog.Write(rows, refund.TenantId, actor, "refund." + state.Status.ToWord(), refund.Id.ToString(),
            new { payment = refund.PaymentId, amount = refund.Amount.ToAmountString() }, now);
        events.Publish(rows, refund.TenantId, succeeded
            ? RefundEvents.Succeeded : RefundEvents.Failed, refund.Id.ToString(), RefundView.From(ended), now);
    }

    /// <summary>Something a person should look at.</summary>
    public void Alert(LedgerRows rows, TenantId tenant, string subject, string code, string message, DateTimeOffset now) =>
        events.Publish(rows, tenant, Platform.Alerts.Alert.Raised, subject, new Platform.Alerts.Alert(code, message, subject), now);

    /// <summary>A hosted page's id gives way to the payment's own, and is not taken back when an older answer comes late.</summary>
    private static bool IsOlderName(Payment payment, string reference) =>
        payment.ProviderReference is not null
        && (reference.Length == 0
            || JsonSerializer.Deserialize<Dictionary<string, string>>(payment.ProviderData)!.ContainsValue(reference));

    private void Publish(LedgerRows rows, Payment payment, EventType type, DateTimeOffset now) =>
        events.Publish(rows, payment.TenantId, type, payment.Id.ToString(), PaymentView.From(payment), now);

    private static string Merge(string present, IReadOnlyDictionary<string, string> more)
    {
        if (more.Count == 0)
            return present;
        var merged = JsonSerializer.Deserialize<SortedDictionary<string, string>>(present)!;
        foreach (var (name, value) in more)
            merged[name] = value;
        return JsonSerializer.Serialize(merged);
    }
}
