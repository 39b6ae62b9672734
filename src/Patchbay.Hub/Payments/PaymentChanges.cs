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
public sealed class PaymentChanges(
    EventLog events, DisputeChanges disputes, PaymentCompletions completions, IEnumerable<IPaymentListener> listeners)
{
    private readonly IPaymentListener[] _listeners = [.. listeners];

    /// <param name="state">What is about to be joined; null when nothing a provider said.</param>
    public void Need(LedgerNeeds needs, PaymentKey key, PaymentState? state = null)
    {
        DisputeChanges.Need(needs, key, state);
        needs.Row(PaymentTable.Instance, key, (more, payment) =>
        {
            foreach (var listener in _listeners)
                listener.Need(more, payment);
        });
        AuditLog.Need(needs, key.Tenant);
    }

    /// <summary>What a new payment needs: see <see cref="Refuse"/>.</summary>
    public void NeedNew(LedgerNeeds needs, Payment payment)
    {
        AuditLog.Need(needs, payment.TenantId);
        foreach (var listener in _listeners)
            listener.NeedNew(needs, payment);
    }

    /// <summary>Why somebody who follows payments wants this one not to begin; null when nobody minds.</summary>
    public Error? Refuse(LedgerRows rows, Payment payment) =>
        _listeners.Select(listener => listener.Refuse(rows, payment)).FirstOrDefault(refusal => refusal is not null);

    /// <summary>What a new refund of the payment needs.</summary>
    public void NeedRefund(LedgerNeeds needs, PaymentKey key)
    {
        Need(needs, key);
        needs.Row(PaymentTable.Instance, key, (more, payment) =>
        {
            if (payment is not null)
                foreach (var listener in _listeners)
                    listener.NeedRefund(more, payment);
        });
    }

    /// <summary>Reserves what a refund is to give back.</summary>
    /// <returns>Why somebody who follows payments wants it not to be given back; null when nobody minds.</returns>
    public Error? Reserve(LedgerRows rows, Payment payment, Money amount, string actor, DateTimeOffset now)
    {
        var refusal = _listeners.Select(listener => listener.RefuseRefund(rows, payment, amount)).FirstOrDefault(one => one is not null);
        if (refusal is null)
        {
            var reserved = payment with { RefundReserved = payment.RefundReserved + amount.MinorUnits, UpdatedAt = now };
            Write(rows, payment, reserved, actor, "refund", now);
        }

        return refusal;
    }

    /// <summary>Joins what a provider said to what is known, disputes included, and begins what follows from it.</summary>
    /// <param name="isAnswer">It repeats how things stand, where a webhook brings news.</param>
    public Payment Join(LedgerRows rows, Payment payment, PaymentState state, DateTimeOffset now, bool isAnswer = false)
    {
        var joined = Join(payment, state, now, isAnswer);
        if (payment.ClosingAction is not null && joined.ClosingAction is null)
        {
            Alert(rows, payment.TenantId, payment.Id.ToString(), "payment_closing_refused",
                $"The provider took it on to capture or cancel the payment, and could not ({state.Failure?.Code}). The money is still "
                    + "reserved: capture or cancel it again.", now);
        }

        return completions.Begin(rows, disputes.Join(rows, joined, state, now), state, now);
    }

    /// <summary>Joins what a provider said of the payment itself.</summary>
    public static Payment Join(Payment before, PaymentState state, DateTimeOffset now, bool isAnswer = false)
    {
        var payment = RefundBooks.Total(before, state);
        var facts = payment.Facts.Join(PaymentFacts.From(state, payment.Amount.MinorUnits) with { Refunded = 0 });
        var (failed, ends, at) = (facts.Phase == PaymentPhase.Failed, state.Status == PaymentStatus.Failed, state.At ?? now);
        var next = payment.Failing(!failed ? null : ends ? state.Failure ?? payment.Failure : payment.Failure) with
        {
            Facts = facts,
            ProviderReference = IsOlderName(payment, state.ProviderReference) ? payment.ProviderReference : state.ProviderReference,
            ProviderData = Merge(payment.ProviderData, state.ProviderData),
            NextAction = facts.IsSettled ? null
                : state.NextAction is { } action ? JsonSerializer.Serialize(action, HubJson.Stored) : payment.NextAction,
            ProcessingAt = state.Status == PaymentStatus.Processing && !(payment.ProcessingAt >= at) ? at : payment.ProcessingAt,
            VerifyAt = facts.IsSettled ? null : state.AskAt ?? payment.VerifyAt,
            WaitsUntil = state.AskAt ?? payment.WaitsUntil,
            ClosingAction = !isAnswer && IsStillReserved(facts, state) ? null : payment.ClosingAction,
        };
        if (!ends && IsAnotherFailure(payment, state, at, isAnswer))
            next = next.Declined(state.Failure!, at);
        return next == before ? before : next with { UpdatedAt = now };
    }

    /// <summary>Writes a changed payment; nothing when nothing changed.</summary>
    public void Write(LedgerRows rows, Payment before, Payment after, string actor, string cause, DateTimeOffset now)
    {
        if (after == before)
            return;
        rows.Update(PaymentTable.Instance, after);
        foreach (var listener in _listeners)
            listener.Apply(rows, before, after, now);
        if (after.LastFailureAt != before.LastFailureAt && !after.Facts.IsSettled)
        {
            AuditLog.Write(
                rows, after.TenantId, actor, "payment.attempt_failed", after.Id.ToString(),
                new { cause, reason = after.LastFailureReason, code = after.LastFailureCode, message = after.LastFailureMessage }, now);
            Publish(rows, after, PaymentEvents.AttemptFailed, now);
        }

        if ((after.Status, after.Refunded, after.Facts.Captured) == (before.Status, before.Refunded, before.Facts.Captured))
            return;
        AuditLog.Write(
            rows, after.TenantId, actor, "payment.status", after.Id.ToString(),
            new { from = before.Status, to = after.Status, cause, captured = after.Facts.Captured, refunded = after.Refunded }, now);
        if (after.Refunded != before.Refunded)
        {
            Publish(
                rows, after, after.Refunded > before.Refunded ? PaymentEvents.Refunded : PaymentEvents.RefundReturned, now);
        }

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

    /// <summary>
    /// Joins what a provider said of a refund. A final word stands but for two corrections: a refund that succeeded came back, and one that
    /// the hub had given up without ever hearing of it was carried out. Any other contradiction is left to a person.
    /// </summary>
    public void WriteRefund(LedgerRows rows, Refund refund, RefundState state, string actor, DateTimeOffset now)
    {
        var known = refund with { ProviderReference = state.ProviderReference.Length > 0
            ? state.ProviderReference : refund.ProviderReference };
        var payment = rows.Find(PaymentTable.Instance, new PaymentKey(refund.TenantId, refund.PaymentId))!;
        if (state.Status == RefundStatus.Pending || Settled(refund, state, payment) is not { } after)
        {
            if (state.Status != RefundStatus.Pending && state.Status != refund.Status)
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
            Status = state.Status, FailureReason = state.Failure?.ReasonOrOther, FailureCode = state.Failure?.Code,
            FailureMessage = state.Failure?.Message, VerifyAt = null, UpdatedAt = now,
        };
        rows.Update(RefundTable.Instance, ended);
        Write(rows, payment, after with { UpdatedAt = now }, actor, "refund", now);
        AuditLog.Write(rows, refund.TenantId, actor, "refund." + state.Status.ToWord(), refund.Id.ToString(),
            new { payment = refund.PaymentId, amount = refund.Amount.ToAmountString(), from = refund.Status }, now);
        events.Publish(rows, refund.TenantId, state.Status == RefundStatus.Succeeded
            ? RefundEvents.Succeeded : RefundEvents.Failed, refund.Id.ToString(), RefundView.From(ended), now);
        if (refund.Status == RefundStatus.Succeeded)
        {
            Alert(rows, refund.TenantId, refund.Id.ToString(), "refund_returned",
                $"The refund of {refund.Amount} came back: the customer does not have the money. Refund it in another way.", now);
        }
    }

    /// <summary>The payment after what was said of its refund; null when it changes nothing, or must not be taken.</summary>
    private static Payment? Settled(Refund refund, RefundState state, Payment payment)
    {
        var (amount, succeeds) = (refund.Amount.MinorUnits, state.Status == RefundStatus.Succeeded);
        return refund.Status switch
        {
            RefundStatus.Pending when succeeds => RefundBooks.Succeeded(payment, amount),
            RefundStatus.Pending => RefundBooks.Failed(payment, amount, hadSucceeded: false, state.At),
            RefundStatus.Succeeded when !succeeds => RefundBooks.Failed(payment, amount, hadSucceeded: true, state.At),
            RefundStatus.Failed or RefundStatus.Canceled
                when succeeds && refund.ProviderReference is null && payment.RefundReserved + amount <= payment.Facts.Captured =>
                RefundBooks.Succeeded(payment with { RefundReserved = payment.RefundReserved + amount }, amount),
            _ => null,
        };
    }

    /// <summary>Something a person should look at.</summary>
    public void Alert(LedgerRows rows, TenantId tenant, string subject, string code, string message, DateTimeOffset now) =>
        events.Publish(rows, tenant, Platform.Alerts.Alert.Raised, subject, new Platform.Alerts.Alert(code, message, subject), now);

    /// <summary>What the provider has only taken on, to capture or cancel it, has failed: another delivery may try.</summary>
    private static bool IsStillReserved(PaymentFacts facts, PaymentState state) =>
        facts.Phase == PaymentPhase.Authorized && state is { Status: PaymentStatus.Authorized, Failure: not null };

    /// <summary>The later one stands; an answer that says the same again tells of none.</summary>
    private static bool IsAnotherFailure(Payment known, PaymentState state, DateTimeOffset at, bool isAnswer) =>
        state.Failure is { } failure
        && !(isAnswer && (failure.Code, failure.Message) == (known.LastFailureCode, known.LastFailureMessage))
        && (known.LastFailureAt is not { } last || (at, failure.Code).CompareTo((last, known.LastFailureCode ?? "")) > 0);

    /// <summary>A hosted page's id gives way to the payment's own, and is not taken back when an older answer comes late.</summary>
    private static bool IsOlderName(Payment payment, string reference) =>
        payment.ProviderReference is not null
        && (reference.Length == 0
            || JsonSerializer.Deserialize<Dictionary<string, string>>(payment.ProviderData)!.ContainsValue(reference));

    private void Publish(LedgerRows rows, Payment payment, EventType type, DateTimeOffset now) =>
        events.Publish(rows, payment.TenantId, type, payment.Id.ToString(), PaymentView.Brief(payment), now);

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
