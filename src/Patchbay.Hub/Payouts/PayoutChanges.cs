using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Hub.Payouts.ClosedLoop;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Alerts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Payouts;

/// <summary>Writes what became of a payout: the row, the audit and the event, in one transaction.</summary>
public sealed class PayoutChanges(EventLog events, IdGenerator ids)
{
    /// <summary>The provider never got the order, it says. It may prove wrong, so the payout stays open and is asked about.</summary>
    public const string NotReceived = "submit_not_received";

    private static readonly FailureDetail NotThere = new(NotReceived, null, FailureReason.ProviderUnavailable);

    public static void Need(LedgerNeeds needs, PayoutKey key)
    {
        needs.Row(PayoutTable.Instance, key, (more, payout) =>
        {
            if (payout is not null)
                DepositsOfPayouts.Need(more, payout);
        });
        AuditLog.Need(needs, key.Tenant);
    }

    public static void NeedNew(LedgerNeeds needs, Payout payout)
    {
        DepositsOfPayouts.Need(needs, payout);
        AuditLog.Need(needs, payout.TenantId);
    }

    public void WriteNew(LedgerRows rows, Payout payout, DateTimeOffset now)
    {
        rows.Insert(PayoutTable.Instance, payout);
        DepositsOfPayouts.Count(rows, null, payout);
        Audit(rows, payout, payout.ProposedBy, "create", null, now);
        events.Publish(rows, payout.TenantId, PayoutEvents.Created, payout.Id.ToString(), PayoutView.Of(payout), now);
    }

    /// <summary>Joins what a provider said to what is known.</summary>
    public void Join(LedgerRows rows, Payout payout, PayoutState state, DateTimeOffset now)
    {
        var known = Complete(rows, payout with
        {
            ProviderReference = state.ProviderReference.Length > 0 ? state.ProviderReference : payout.ProviderReference,
            NextAction = state.NextAction is { } action ? JsonSerializer.Serialize(action, HubJson.Stored) : payout.NextAction,
        }, state, now);
        var phase = PhaseOf(state.Status);
        if (payout.Phase is PayoutPhase.Paid or PayoutPhase.Returned && phase == PayoutPhase.Failed)
            Alert(rows, payout, "payout_contradicted", $"The provider now says failed; it was {payout.Phase.ToWord()} before.", now);
        if (state.Status == PayoutStatus.NotReceived)
        {
            var open = payout.Phase <= PayoutPhase.Processing;
            if (open && payout.FailureCode != NotReceived)
            {
                Alert(
                    rows, payout, NotReceived, "The provider says that it never got the payout. Look it up there before paying again.",
                    now);
            }

            Write(
                rows, payout, open ? known.Failing(NotThere) with { Phase = PayoutPhase.Processing } : known, AuditLog.System, null, now);
            return;
        }

        Write(
            rows, payout, phase <= payout.Phase ? known : known.Failing(state.Failure) with { Phase = phase }, AuditLog.System, null, now);
    }

    /// <summary>It cannot be completed as it is: it stays open, for a person.</summary>
    public void NotCompleted(LedgerRows rows, Payout payout, Delivery delivery, DateTimeOffset now)
    {
        Alert(
            rows, payout, "payout_not_completed",
            $"{delivery.LastMessage} Retry delivery {delivery.Id} once that is mended, or end the payout at the provider.", now);
        Write(rows, payout, payout.Failing(delivery.LastFailure), AuditLog.System, null, now);
    }

    /// <summary>
    /// Begins what the receiver's choice asks for at some providers: once, however often and by whomever it is told, since the payout is in
    /// the delivery's hands from then on.
    /// </summary>
    private Payout Complete(LedgerRows rows, Payout payout, PayoutState state, DateTimeOffset now)
    {
        if (!state.ToBeCompleted || payout is not { IsOpen: true, Completion: null })
            return payout;
        var delivery = new Placement(
            PayoutCapabilities.Complete, payout.TenantId, payout.Id.Value, Integration.LaneOf(payout.IntegrationId))
            .New(ids, now) with { DueAt = now };   // any node may make it
        rows.Insert(DeliveryTable.Instance, delivery);
        Audit(rows, payout, AuditLog.System, "complete", null, now);
        return payout with { Completion = delivery.Id.ToString() };
    }

    /// <param name="reason">A person's; null when there is none.</param>
    public void Write(LedgerRows rows, Payout before, Payout after, string actor, string? reason, DateTimeOffset now)
    {
        if (after == before)
            return;
        var moved = after.Phase != before.Phase;
        var next = after with
        {
            UpdatedAt = now,
            VerifyAt = after.IsOpen ? after.VerifyAt ?? PayoutFollowUp.Schedule.Begin(now) : null,
        };
        rows.Update(PayoutTable.Instance, next);
        DepositsOfPayouts.Count(rows, before, next);
        if (!moved)
            return;
        Audit(rows, next, actor, next.Phase.ToWord(), reason, now);
        if (PayoutEvents.Became(next.Phase) is { } type)
            events.Publish(rows, next.TenantId, type, next.Id.ToString(), PayoutView.Of(next), now);
        if (next.Phase == PayoutPhase.Returned)
            Alert(rows, next, "payout_returned", $"The payout of {next.Amount} came back. Pay it in another way.", now);
        else if (before.Phase is PayoutPhase.Failed or PayoutPhase.Canceled && next.Phase == PayoutPhase.Paid)
            Alert(
                rows, next, "payout_contradicted",
                $"It was told as {before.Phase.ToWord()}, and the provider now says that it was paid.", now);
    }

    private void Alert(LedgerRows rows, Payout payout, string code, string message, DateTimeOffset now) => events.Publish(
        rows, payout.TenantId, Platform.Alerts.Alert.Raised, payout.Id.ToString(), new Alert(code, message, payout.Id.ToString()), now);

    private static void Audit(LedgerRows rows, Payout payout, string actor, string what, string? reason, DateTimeOffset now) =>
        AuditLog.Write(
            rows, payout.TenantId, actor, "payout." + what, payout.Id.ToString(),
            new { amount = payout.Amount.ToAmountString(), currency = payout.Amount.Currency.Code, payout.Reference, reason }, now);

    private static PayoutPhase PhaseOf(PayoutStatus status) => status switch
    {
        PayoutStatus.RequiresAction => PayoutPhase.RequiresAction,
        PayoutStatus.Paid => PayoutPhase.Paid,
        PayoutStatus.Failed => PayoutPhase.Failed,
        PayoutStatus.Returned => PayoutPhase.Returned,
        PayoutStatus.Canceled => PayoutPhase.Canceled,
        _ => PayoutPhase.Processing,
    };
}
