using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Payments;

/// <summary>Completes a payment that its customer has agreed to; <see cref="PaymentCompletions"/> places it.</summary>
internal sealed class CompletePayment(PaymentChanges changes, ProviderServices hub, TimeProvider time)
    : ClosePayment(PaymentCapabilities.Complete, changes, hub, time)
{
    private static readonly ProviderFailure NotDone =
        ProviderFailure.Unreadable("The provider took the request, and says that the payment is still to be completed.");

    protected override async Task<Result<PaymentState, ProviderFailure>> CallAsync(
        Payment payment, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var request = new CompleteRequest(payment.Handle(), delivery.Id.ToString(), payment.Capture);
        var answer = await at.Make<ICompletePayment>().CompletePaymentAsync(request, at.Connection, cancellationToken);
        return answer.Then(state => state.ToBeCompleted ? NotDone : new Result<PaymentState, ProviderFailure>(state));
    }

    protected override bool IsStillOpen(PaymentState state) =>
        state.ToBeCompleted || state.Status is PaymentStatus.Pending or PaymentStatus.RequiresAction;

    /// <summary>
    /// While the money is on its way it is not completed again. In all other cases it is nobody's any more: reserved it may be captured,
    /// declined it is the customer's, and what was given up for another reason is completed when the provider is next asked and still says
    /// that the customer has agreed.
    /// </summary>
    protected override Payment AfterStep(Payment payment, StepTaken step)
    {
        if (WasResolved(step))
            return payment with { ClosingAction = null, VerifyAt = step.Now };   // how it stands, only the provider can tell
        if (step.Delivery is { Status: DeliveryStatus.Exhausted, Reason: ExhaustReason.Declined })
            return Declined(payment, step) with { ClosingAction = null };
        return EndedWithoutEffect(step.Delivery)
            || step.Delivery.Status == DeliveryStatus.Delivered && payment.Status != PaymentStatus.Processing
                ? payment with { ClosingAction = null }
                : payment;
    }

    /// <summary>It comes after the consent, whatever the two clocks say.</summary>
    private static Payment Declined(Payment payment, StepTaken step) =>
        payment.Declined(step.Delivery.LastFailure!, payment.ProcessingAt > step.Now ? payment.ProcessingAt.Value : step.Now) with
        {
            UpdatedAt = step.Now,
        };
}
