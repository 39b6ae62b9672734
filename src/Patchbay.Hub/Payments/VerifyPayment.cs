using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Payments;

/// <summary>Asks the provider how the payment stands.</summary>
internal sealed class VerifyPayment(PaymentChanges changes, ProviderServices hub, TimeProvider time)
    : PaymentDelivery(PaymentCapabilities.Verify, changes, hub)
{
    /// <summary>It holds for when it was asked: a webhook that overtakes the answer is newer.</summary>
    protected override async Task<Result<PaymentState, ProviderFailure>> CallAsync(
        Payment payment, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var answer = await at.Make<IVerifyPayment>().VerifyPaymentAsync(payment.Handle(), at.Connection, cancellationToken);
        return answer.Map(state => state with { At = state.At ?? asked });
    }
}
