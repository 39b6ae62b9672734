using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Payments;

/// <summary>Asks the provider how the payment stands.</summary>
internal sealed class VerifyPayment(PaymentChanges changes, ProviderServices hub, TimeProvider time)
    : PaymentDelivery(PaymentCapabilities.Verify, changes, hub)
{
    /// <summary>The answer holds for when it was asked: a webhook that overtakes it is newer.</summary>
    public static async Task<Result<PaymentState, ProviderFailure>> AskAsync(
        Payment payment, OpenIntegration at, TimeProvider time, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var answer = await at.Make<IVerifyPayment>().VerifyPaymentAsync(payment.Handle(), at.Connection, cancellationToken);
        return answer.Map(state => state with { At = state.At ?? asked });
    }

    protected override Task<Result<PaymentState, ProviderFailure>> CallAsync(
        Payment payment, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        AskAsync(payment, at, time, cancellationToken);
}
