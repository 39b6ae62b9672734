using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Payments;

/// <summary>
/// A completion, a capture or a cancellation: one at a time. Where its answer was lost, how the payment stands tells whether it was
/// carried out.
/// </summary>
internal abstract class ClosePayment(ProviderCapability capability, PaymentChanges changes, ProviderServices hub, TimeProvider time)
    : PaymentDelivery(capability, changes, hub)
{
    protected override async Task<Result<PaymentState?, ProviderFailure>> LookUpAsync(
        Payment payment, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var answer = await VerifyPayment.AskAsync(payment, at, time, cancellationToken);
        return answer.Map(state => IsStillOpen(state) ? null : state);
    }

    /// <summary>The provider has not done it, but still could.</summary>
    protected abstract bool IsStillOpen(PaymentState state);

    /// <summary>What the provider has taken on, or a person says it has, but does not show in the payment yet, is asked about.</summary>
    protected override Payment AfterStep(Payment payment, StepTaken step) =>
        EndedWithoutEffect(step.Delivery) ? payment with { ClosingAction = null }
        : step.Delivery.Status == DeliveryStatus.Delivered && payment.Facts.Phase == PaymentPhase.Authorized
            ? payment with { VerifyAt = step.Now }
        : payment;

    protected override Result<Payment, Error> Reopened(Payment payment, Delivery delivery, DateTimeOffset now) =>
        ClosePaymentWork.Claim(payment, delivery, now);
}
