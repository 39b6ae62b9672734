using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Payments;

/// <summary>Asks the provider how the payment stands.</summary>
internal sealed class VerifyPayment(PaymentChanges changes, ProviderServices hub)
    : PaymentDelivery(PaymentCapabilities.Verify, changes, hub)
{
    protected override Task<Result<PaymentState, ProviderFailure>> CallAsync(
        Payment payment, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        at.Make<IVerifyPayment>().VerifyPaymentAsync(payment.Handle(), at.Connection, cancellationToken);
}
