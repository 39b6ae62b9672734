using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Starts the payment with its provider.</summary>
internal sealed class InitiatePayment(PaymentChanges changes, ProviderServices hub)
    : PaymentDelivery(PaymentCapabilities.Initiate, changes, hub)
{
    private static readonly ProviderFailure NoCapture = ProviderFailure.Rejected(
        FailureCause.Account, "manual_capture_not_supported",
        "The provider takes the money at once: ask for capture: automatic, or route what is captured later to another one.");

    /// <summary>How it stands, the provider is asked later.</summary>
    public override object Assumed(string providerReference) => new PaymentState(providerReference, PaymentStatus.Processing);

    protected override Task<Result<PaymentState, ProviderFailure>> CallAsync(
        Payment payment, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        payment.Capture == CaptureMethod.Manual && !at.Provider.Has<ICapturePayment>()
            ? Task.FromResult<Result<PaymentState, ProviderFailure>>(NoCapture)
            : at.Make<IInitiatePayment>().InitiatePaymentAsync(RequestOf(payment, delivery), at.Connection, cancellationToken);

    protected override Task<Result<PaymentState?, ProviderFailure>> LookUpAsync(
        Payment payment, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        at.Make<ILookUpPayment>().LookUpPaymentAsync(RequestOf(payment, delivery), at.Connection, cancellationToken);

    protected override Payment AfterStep(Payment payment, StepTaken step)
    {
        var moved = payment with { IntegrationId = new IntegrationId(step.Delivery.Lane.Value) };
        if (WasResolved(step) && !moved.Facts.IsSettled)
            return moved with { VerifyAt = PaymentFollowUp.Schedule.Begin(step.Now) };
        if (!EndedWithoutEffect(step.Delivery) || moved.Facts.IsSettled)
            return moved;
        var phase = step.Delivery.Status == DeliveryStatus.Canceled ? PaymentPhase.Canceled
            : step.Delivery.Reason == ExhaustReason.Expired ? PaymentPhase.Expired
            : PaymentPhase.Failed;
        return moved.Failing(step.Delivery.LastFailure) with
        {
            Facts = moved.Facts.Join(PaymentFacts.None with { Phase = phase }), VerifyAt = null, UpdatedAt = step.Now,
        };
    }

    /// <summary>The hub's own verdict is taken back; what a provider said of the payment stands.</summary>
    protected override Result<Payment, Error> Reopened(Payment payment, Delivery delivery, DateTimeOffset now)
    {
        if (payment is not { Facts.Phase: PaymentPhase.Failed or PaymentPhase.Expired, ProviderReference: null })
        {
            return payment.Facts.IsSettled
                ? DeliveryErrors.NotRetryable.With($"The payment is {payment.Status.ToWord()}; start a new one instead.")
                : payment;
        }

        return payment.Failing(null) with
        {
            Facts = payment.Facts with { Phase = PaymentPhase.Pending }, VerifyAt = PaymentFollowUp.Schedule.Begin(now), UpdatedAt = now,
        };
    }

    private static PaymentRequest RequestOf(Payment payment, Delivery delivery)
    {
        var details = JsonSerializer.Deserialize<PaymentDetails>(payment.Details, HubJson.Stored)!;
        return new PaymentRequest(
            payment.Id.ToString(), delivery.Id.ToString(), payment.Amount, payment.Reference, payment.Capture,
            details.Description, details.Customer, details.Country, details.ReturnUrl, details.CancelUrl,
            payment.CreatedAt, details.Method);
    }
}
