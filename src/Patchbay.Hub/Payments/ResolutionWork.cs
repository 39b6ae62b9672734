using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>The payer says that they have paid: the money is on its way, and a person is told to look for it.</summary>
internal sealed class ClaimPayment(
    PaymentKey key, ClaimPaymentRequest request, PaymentResolutions resolutions, PaymentChanges changes, string actor, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => resolutions.Need(needs, key, null);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(PaymentTable.Instance, key) is not { } payment)
            return Error.NotFound("payment");
        if (payment.Facts.Phase == PaymentPhase.Processing)
            return Reply.Ok(PaymentView.From(payment));
        if (payment.Facts.Phase != PaymentPhase.RequiresAction)
            return ApiErrors.WrongStatus.With($"Only a payment that waits for its payer is claimed; it is {payment.Status.ToWord()}.");
        var after = resolutions.Write(
            rows, payment, new PaymentState(payment.ProviderReference ?? "", PaymentStatus.Processing)
            {
                ProviderData = Connectors.Contracts.ProviderData.Of((PayerInstructions.ClaimedAt, now.ToString("O"))),
            },
            actor, "claim", now);
        AuditLog.Write(
            rows, key.Tenant, actor, "payment.claim", key.Id.ToString(), new { request.TransactionReference, request.Note }, now);
        changes.Alert(rows, key.Tenant, key.Id.ToString(), "payment_claimed",
            $"The payer says that they have paid {payment.Amount} with reference {payment.ProviderReference}"
                + (request.TransactionReference is { } reference ? $", transaction {reference}" : "")
                + ". Look for it on the account, then POST /api/v1/payments/{id}/resolve.", now);
        return Reply.Ok(PaymentView.From(after));
    }
}

/// <summary>A person says how a payment ended.</summary>
internal sealed class ResolvePayment(
    PaymentKey key, ResolvedAs outcome, Money amount, string? transaction, bool isManual, string reason, PaymentResolutions resolutions,
    string actor, DateTimeOffset now) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => resolutions.Need(needs, key, transaction);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(PaymentTable.Instance, key) is not { } payment)
            return Error.NotFound("payment");
        if (Refuse(payment) is { } refusal)
            return refusal;
        if (outcome == ResolvedAs.Failed)
        {
            var failed = resolutions.Write(
                rows, payment, new PaymentState(payment.ProviderReference ?? "", PaymentStatus.Failed)
                {
                    Failure = new FailureDetail("resolved_as_failed", reason, FailureReason.Other),
                },
                actor, "resolve", now);
            return Replied(rows, failed);
        }

        var confirmed = resolutions.Confirm(rows, key, amount, transaction, actor, "resolve", now);
        return confirmed.Then(payment => Replied(rows, payment));
    }

    private Result<Reply, Error> Replied(LedgerRows rows, Payment payment)
    {
        AuditLog.Write(
            rows, key.Tenant, actor, "payment.resolve", key.Id.ToString(),
            new { outcome, amount = amount.ToAmountString(), transaction, reason }, now);
        return Reply.Ok(PaymentView.From(payment));
    }

    /// <summary>A provider that can be asked is asked; what it said stands.</summary>
    private Error? Refuse(Payment payment) =>
        payment.Facts.Phase is PaymentPhase.Succeeded or PaymentPhase.Authorized
            || outcome == ResolvedAs.Failed && payment.Facts.IsSettled || !isManual && payment.Facts.IsSettled
            ? ApiErrors.WrongStatus.With($"The payment is {payment.Status.ToWord()} already.")
        : !isManual && payment.VerifyAt is not null
            ? ApiErrors.WrongStatus.With(
                "Its provider is still being asked: POST /api/v1/payments/{id}/verify asks now. What it never tells is resolved by hand.")
        : null;
}

/// <summary>A person says how a refund ended.</summary>
internal sealed class ResolveRefund(
    RefundKey key, PaymentKey payment, ResolvedAs outcome, string? transaction, bool isManual, string reason, PaymentChanges changes,
    string actor, DateTimeOffset now) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs)
    {
        changes.Need(needs, payment);
        needs.Row(RefundTable.Instance, key);
        needs.Row(PaymentTable.Instance, payment, (more, row) => PaymentResolutions.NeedEvidence(more, row, transaction));
    }

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(RefundTable.Instance, key) is not { } refund || rows.Find(PaymentTable.Instance, payment) is not { } of)
            return Error.NotFound("refund");
        if (refund.Status != RefundStatus.Pending || refund.ProviderReference is null || !isManual && refund.VerifyAt is not null)
        {
            return ApiErrors.WrongStatus.With(
                $"Only a refund that its provider has, and of whose end it does not tell, is resolved so; it is {refund.Status.ToWord()}.");
        }

        if (outcome == ResolvedAs.Succeeded
            && PaymentResolutions.Take(rows, key.Tenant, of.IntegrationId, transaction, key.Id.ToString(), now) is { } used)
            return used;
        var failed = outcome == ResolvedAs.Failed;
        changes.WriteRefund(
            rows, refund, new RefundState(
                refund.ProviderReference, failed ? RefundStatus.Failed : RefundStatus.Succeeded, null,
                failed ? new FailureDetail("resolved_as_failed", reason, FailureReason.Other) : null),
            actor, now);
        AuditLog.Write(rows, key.Tenant, actor, "refund.resolve", key.Id.ToString(), new { outcome, transaction, reason }, now);
        return Reply.Ok(RefundView.From(rows.Find(RefundTable.Instance, key)!));
    }
}
