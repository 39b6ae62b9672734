using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Hub.Payouts.ClosedLoop;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Payouts;

/// <summary>
/// Inserts a new payout: with the delivery that sends it, or waiting for a second person. It was decided by the settings as they were seen,
/// and nothing slips through while they change.
/// </summary>
/// <param name="delivery">Null: it waits.</param>
/// <param name="loop">Null: payouts go anywhere.</param>
internal sealed class CreatePayoutWork(
    Payout payout, Delivery? delivery, PayoutSettings seen, ClosedLoopCheck? loop, PayoutChanges changes, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs)
    {
        needs.Row(PayoutSettingsTable.Instance, payout.TenantId);
        loop?.Need(needs);
        PayoutChanges.NeedNew(needs, payout);
    }

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(PayoutSettingsTable.Instance, payout.TenantId) != seen)
            return Error.ChangedMeanwhile();
        if (loop?.Refuse(rows) is { } refusal)
            return refusal;
        changes.WriteNew(rows, payout, now);
        if (delivery is not null)
            rows.Insert(DeliveryTable.Instance, delivery);
        return Reply.Accepted(PayoutView.Of(payout), $"/api/v1/payouts/{payout.Id}");
    }

    public static Error Disabled => PayoutErrors.Disabled.With("Let payouts leave with PUT /api/v1/payouts/settings {\"enabled\": true}.");
}

/// <summary>A change of a payout by a person: what it may become, its row locked.</summary>
internal abstract class PayoutWork(PayoutKey key, PayoutChanges changes, string actor, string? reason, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    protected string Actor => actor;

    public override void Need(LedgerNeeds needs)
    {
        PayoutChanges.Need(needs, key);
        needs.Row(PayoutSettingsTable.Instance, key.Tenant);
    }

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(PayoutTable.Instance, key) is not { } payout)
            return Error.NotFound("payout");
        var settings = rows.Find(PayoutSettingsTable.Instance, key.Tenant) ?? PayoutSettings.Unset(key.Tenant);
        var changed = Change(rows, payout, settings);
        if (!changed.IsSuccess)
            return changed.Error;
        changes.Write(rows, payout, changed.Value, actor, reason, now);
        return Reply.Accepted(PayoutView.Of(rows.Find(PayoutTable.Instance, key)!), $"/api/v1/payouts/{key.Id}");
    }

    protected abstract Result<Payout, Error> Change(LedgerRows rows, Payout payout, PayoutSettings settings);

    public static Error SamePerson { get; } =
        PayoutErrors.SamePerson.With("You proposed this payout: another person decides about it, with a key of their own.");

    protected Error? RefuseProposer(Payout payout) => payout.ProposedBy == actor ? SamePerson : null;
}

/// <summary>Lets a payout leave that waited for a second person.</summary>
internal sealed class ApprovePayoutWork(
    PayoutKey key, Delivery delivery, PayoutChanges changes, string actor, string? reason, DateTimeOffset now)
    : PayoutWork(key, changes, actor, reason, now)
{
    protected override Result<Payout, Error> Change(LedgerRows rows, Payout payout, PayoutSettings settings)
    {
        if (payout.Phase != PayoutPhase.PendingApproval)
            return ApiErrors.WrongStatus.With($"The payout waits for nobody: it is {payout.Phase.ToWord()}.");
        if (RefuseProposer(payout) is { } refusal)
            return refusal;
        if (!settings.IsEnabled)
            return CreatePayoutWork.Disabled;
        rows.Insert(DeliveryTable.Instance, delivery);
        return payout with { Phase = PayoutPhase.Pending, ApprovedBy = Actor };
    }
}

/// <summary>Takes back a payout that waits for a second person; anybody may who may make one.</summary>
internal sealed class WithdrawPayoutWork(PayoutKey key, PayoutChanges changes, string actor, DateTimeOffset now)
    : PayoutWork(key, changes, actor, null, now)
{
    protected override Result<Payout, Error> Change(LedgerRows rows, Payout payout, PayoutSettings settings) =>
        payout.Phase == PayoutPhase.PendingApproval
            ? payout with { Phase = PayoutPhase.Canceled }
            : ApiErrors.WrongStatus.With($"The payout is {payout.Phase.ToWord()} by now; try again.");
}

/// <summary>A person says how a payout ended that its provider has.</summary>
internal sealed class ResolvePayoutWork(
    PayoutKey key, ResolvedPayout outcome, PayoutChanges changes, string actor, string reason, DateTimeOffset now)
    : PayoutWork(key, changes, actor, reason, now)
{
    protected override Result<Payout, Error> Change(LedgerRows rows, Payout payout, PayoutSettings settings) =>
        payout.Phase is not (PayoutPhase.Processing or PayoutPhase.RequiresAction)
            ? ApiErrors.WrongStatus.With(
                $"Only a payout that its provider has is resolved so; it is {payout.Phase.ToWord()}. A pending one has a delivery, which "
                    + "is resolved by POST /api/v1/deliveries/{id}/resolve once its outcome is not known.")
            : RefuseProposer(payout) is { } refusal ? refusal
            : payout with { Phase = outcome == ResolvedPayout.Paid ? PayoutPhase.Paid : PayoutPhase.Failed };
}

/// <summary>Inserts the delivery that asks how a payout stands.</summary>
internal sealed class VerifyPayoutWork(PayoutKey key, Delivery delivery) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => needs.Row(PayoutTable.Instance, key);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(PayoutTable.Instance, key) is not { } payout)
            return Error.NotFound("payout");
        if (payout.ProviderReference is null)
            return ApiErrors.WrongStatus.With("The provider does not know the payout yet; look at its delivery.");
        rows.Insert(DeliveryTable.Instance, delivery);
        return Reply.Accepted(PayoutView.Of(payout), $"/api/v1/payouts/{key.Id}");
    }
}

/// <summary>Sets what holds for all payouts of the tenant.</summary>
internal sealed class SetPayoutSettings(PayoutSettings settings, string actor, DateTimeOffset now) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs)
    {
        needs.Row(PayoutSettingsTable.Instance, settings.TenantId);
        AuditLog.Need(needs, settings.TenantId);
    }

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(PayoutSettingsTable.Instance, settings.TenantId) is null)
            rows.Insert(PayoutSettingsTable.Instance, settings);
        else
            rows.Update(PayoutSettingsTable.Instance, settings);
        var view = PayoutSettingsView.Of(settings);
        AuditLog.Write(rows, settings.TenantId, actor, "payout_settings.set", settings.TenantId.ToString(), view, now);
        return Reply.Ok(view);
    }
}
