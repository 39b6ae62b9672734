using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Payments;

/// <summary>Captures a reserved payment. How much was captured only the provider can tell: nothing is assumed.</summary>
internal sealed class CapturePayment(PaymentChanges changes, ProviderServices hub, TimeProvider time)
    : ClosePayment(PaymentCapabilities.Capture, changes, hub, time)
{
    protected override Task<Result<PaymentState, ProviderFailure>> CallAsync(
        Payment payment, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var amount = payment.InMinorUnits(JsonSerializer.Deserialize<long>(delivery.Payload));
        var request = new CaptureRequest(payment.Handle(), delivery.Id.ToString(), amount);
        return at.Make<ICapturePayment>().CapturePaymentAsync(request, at.Connection, cancellationToken);
    }

    /// <summary>What is processing is no longer only reserved.</summary>
    protected override bool IsStillOpen(PaymentState state) =>
        state.Status is PaymentStatus.Pending or PaymentStatus.RequiresAction or PaymentStatus.Authorized;
}
