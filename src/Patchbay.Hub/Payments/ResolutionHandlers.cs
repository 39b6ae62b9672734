using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.Payments;

/// <summary>What people say of payments and refunds of which no provider tells.</summary>
public sealed class ResolutionHandlers(
    PaymentHandlers payments, PaymentResolutions resolutions, PaymentChanges changes, TimeProvider time)
{
    private const int MaxReference = 100;

    public async Task<Result<Operation, Error>> ClaimAsync(
        Caller caller, PaymentId id, ClaimPaymentRequest request, CancellationToken cancellationToken)
    {
        var found = await payments.FindAsync(caller, id, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var faults = new Faults();
        faults.OptionalText(request.TransactionReference, "transaction_reference", MaxReference);
        faults.OptionalText(request.Note, "note", 500);
        if (faults.Any)
            return faults.ToError();
        if (!await resolutions.AreManualAsync(caller.Tenant, found.Value.IntegrationId, cancellationToken))
            return ApiErrors.WrongStatus.With("Its provider tells whether money arrived: ask it with POST /api/v1/payments/{id}/verify.");
        return new Operation(new ClaimPayment(found.Value.Key, request, resolutions, changes, caller.Actor, time.GetUtcNow()));
    }

    public async Task<Result<Operation, Error>> ResolveAsync(
        Caller caller, PaymentId id, ResolvePaymentRequest request, CancellationToken cancellationToken)
    {
        var found = await payments.FindAsync(caller, id, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var payment = found.Value;
        var isManual = await resolutions.AreManualAsync(caller.Tenant, payment.IntegrationId, cancellationToken);
        var faults = new Faults();
        var amount = request.Amount is null ? payment.Amount : AmountInput.Read(request.Amount, payment.Amount.Currency, "amount", faults);
        faults.Require(!(amount > payment.Amount), "amount", $"must be at most the payment's amount, {payment.Amount}");
        var reason = Check(request.Outcome, request.TransactionReference, request.Reason, isManual, faults);
        return faults.Any
            ? faults.ToError()
            : new Operation(new ResolvePayment(
                payment.Key, request.Outcome!.Value, amount!.Value, request.TransactionReference, isManual, reason, resolutions,
                caller.Actor, time.GetUtcNow()));
    }

    public async Task<Result<Operation, Error>> ResolveRefundAsync(
        Caller caller, RefundId id, ResolveRefundRequest request, CancellationToken cancellationToken)
    {
        if (await payments.FindRefundAsync(caller.Tenant, id, cancellationToken) is not { } refund)
            return Error.NotFound("refund");
        var found = await payments.FindAsync(caller, refund.PaymentId, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var isManual = await resolutions.AreManualAsync(caller.Tenant, found.Value.IntegrationId, cancellationToken);
        var faults = new Faults();
        var reason = Check(request.Outcome, request.TransactionReference, request.Reason, isManual, faults);
        return faults.Any
            ? faults.ToError()
            : new Operation(new ResolveRefund(
                refund.Key, found.Value.Key, request.Outcome!.Value, request.TransactionReference, isManual, reason, changes, caller.Actor,
                time.GetUtcNow()));
    }

    /// <returns>The reason.</returns>
    private static string Check(ResolvedAs? outcome, string? transaction, string? reason, bool isManual, Faults faults)
    {
        faults.Require(outcome is not null, "outcome", "is required: succeeded or failed");
        if (isManual && outcome == ResolvedAs.Succeeded)
            faults.Text(transaction, "transaction_reference", MaxReference);
        else
            faults.OptionalText(transaction, "transaction_reference", MaxReference);
        return faults.Text(reason, "reason", 500);
    }
}
