using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Payments;

/// <summary>Gives up a payment that was not captured.</summary>
internal sealed class CancelPayment(PaymentChanges changes, ProviderServices hub, TimeProvider time)
    : ClosePayment(PaymentCapabilities.Cancel, changes, hub, time)
{
    public override object Assumed(string providerReference) => new PaymentState(providerReference, PaymentStatus.Canceled);

    protected override Task<Result<PaymentState, ProviderFailure>> CallAsync(
        Payment payment, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        at.Make<ICancelPayment>().CancelPaymentAsync(
            new CancelRequest(payment.Handle(), delivery.Id.ToString()), at.Connection, cancellationToken);

    protected override bool IsStillOpen(PaymentState state) => state.Status
        is PaymentStatus.Pending or PaymentStatus.RequiresAction or PaymentStatus.Processing or PaymentStatus.Authorized;

    /// <summary>
    /// The customer may have agreed while it was to be canceled, and nobody has completed it for that reason: the provider is asked.
    /// </summary>
    protected override Payment AfterStep(Payment payment, StepTaken step)
    {
        var after = base.AfterStep(payment, step);
        return EndedWithoutEffect(step.Delivery) && !after.Facts.IsSettled ? after with { VerifyAt = step.Now } : after;
    }
}
