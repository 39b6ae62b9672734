using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Payments;

/// <summary>Captures a reserved payment. How much was captured only the provider can tell: nothing is assumed.</summary>
internal sealed class CapturePayment(PaymentChanges changes, ProviderServices hub)
    : PaymentDelivery(PaymentCapabilities.Capture, changes, hub)
{
    protected override Task<Result<PaymentState, ProviderFailure>> CallAsync(
        Payment payment, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var amount = payment.InMinorUnits(JsonSerializer.Deserialize<long>(delivery.Payload));
        var request = new CaptureRequest(payment.Handle(), delivery.Id.ToString(), amount);
        return at.Make<ICapturePayment>().CapturePaymentAsync(request, at.Connection, cancellationToken);
    }

    protected override Payment AfterStep(Payment payment, StepTaken step) =>
        EndedWithoutEffect(step.Delivery) ? payment with { ClosingAction = null }
        : WasResolved(step) ? payment with { VerifyAt = step.Now }
        : payment;

    protected override Result<Payment, Error> Reopened(Payment payment, Delivery delivery, DateTimeOffset now) =>
        ClosePaymentWork.Claim(payment, delivery, now);
}
