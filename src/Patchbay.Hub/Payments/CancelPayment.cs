using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Payments;

/// <summary>Gives up a payment that was not captured.</summary>
internal sealed class CancelPayment(PaymentChanges changes, ProviderServices hub)
    : PaymentDelivery(PaymentCapabilities.Cancel, changes, hub)
{
    public override object Assumed(string providerReference) => new PaymentState(providerReference, PaymentStatus.Canceled);

    protected override Task<Result<PaymentState, ProviderFailure>> CallAsync(
        Payment payment, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        at.Make<ICancelPayment>().CancelPaymentAsync(
            new CancelRequest(payment.Handle(), delivery.Id.ToString()), at.Connection, cancellationToken);

    protected override Payment AfterStep(Payment payment, StepTaken step) =>
        EndedWithoutEffect(step.Delivery) ? payment with { ClosingAction = null } : payment;

    protected override Result<Payment, Error> Reopened(Payment payment, Delivery delivery, DateTimeOffset now) =>
        ClosePaymentWork.Claim(payment, delivery, now);
}
