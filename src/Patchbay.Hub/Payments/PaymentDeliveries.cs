using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>What the deliveries about a payment have in common: they load it, and join what the provider says to it.</summary>
internal abstract class PaymentDeliveryHandler(
    string capability, Database database, Connections connections, PaymentChanges changes, IntegrationFailures failures, DeliveryEvents deliveryEvents) : IDeliveryHandler, IReopen
{
    public string Capability => capability;

    public bool MovesMoney => PaymentRules.Of(capability).MovesMoney;

    public async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var payment = await database.FindAsync(
            "SELECT * FROM payments WHERE tenant_id = @TenantId AND id = @SubjectId",
            new { delivery.TenantId, delivery.SubjectId }, PaymentTable.Instance.Read, cancellationToken)
            ?? throw new InvalidOperationException($"{delivery.Id} has no payment.");
        var open = await connections.OpenAsync(delivery.TenantId, new IntegrationId(delivery.Lane.Value), cancellationToken);
        return Prepare(payment, delivery, open);
    }

    public virtual void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
        changes.Need(needs, KeyOf(delivery));
        failures.Need(needs, delivery, report);
    }

    public void Apply(LedgerRows rows, StepTaken step)
    {
        failures.Apply(rows, step);
        var before = rows.Find(PaymentTable.Instance, KeyOf(step.Delivery))!;
        var after = step.Report?.Answer is PaymentState state ? PaymentChanges.Join(before, state, step.Now) : before;
        changes.Write(rows, before, AfterStep(after, step), AuditLog.System, capability, step.Now);
        deliveryEvents.Tell(rows, step);
    }

    public Error? Reopen(LedgerRows rows, Delivery delivery, string actor, DateTimeOffset now)
    {
        var before = rows.Find(PaymentTable.Instance, KeyOf(delivery))!;
        var reopened = Reopened(before, delivery, now);
        if (reopened.IsSuccess)
            changes.Write(rows, before, reopened.Value, actor, "retry", now);
        return reopened.Error;
    }

    protected abstract IPreparedCall Prepare(Payment payment, Delivery delivery, OpenIntegration? open);

    /// <summary>The payment when a delivery that was given up is tried again; an error when that is not possible any more.</summary>
    protected virtual Result<Payment, Error> Reopened(Payment payment, Delivery delivery, DateTimeOffset now) => payment;

    /// <summary>What a step means to the payment beyond the provider's answer.</summary>
    protected virtual Payment AfterStep(Payment payment, StepTaken step) => payment;

    protected static PaymentKey KeyOf(Delivery delivery) => new(delivery.TenantId, new PaymentId(delivery.SubjectId));

    /// <summary>Money certainly did not move: the operation ended without the provider having done it.</summary>
    protected static bool EndedWithoutEffect(Delivery delivery) =>
        delivery.Status == DeliveryStatus.Canceled || delivery.Status == DeliveryStatus.Exhausted && delivery.Reason != ExhaustReason.Unresolved;
}

/// <summary>Starts the payment with its provider.</summary>
internal sealed class InitiatePaymentHandler(Database database, Connections connections, PaymentChanges changes, IntegrationFailures failures, DeliveryEvents deliveryEvents)
    : PaymentDeliveryHandler(Capabilities.InitiatePayment, database, connections, changes, failures, deliveryEvents)
{
    protected override IPreparedCall Prepare(Payment payment, Delivery delivery, OpenIntegration? open)
    {
        var view = PaymentView.From(payment);
        var details = System.Text.Json.JsonSerializer.Deserialize<PaymentDetails>(payment.Details, HubJson.Stored)!;
        var request = new PaymentRequest(
            payment.Id.ToString(), delivery.Id.ToString(), payment.Amount, payment.Reference, payment.Capture, view.Description, view.Customer, view.Country,
            details.ReturnUrl, details.CancelUrl);
        return new PaymentCall(
            open, Capability,
            async (integration, token) => PaymentCall.Report(await integration.Make<IInitiatePayment>().InitiatePaymentAsync(request, integration.Connection, token), integration),
            open?.Provider.Has<ILookUpPayment>() == true
                ? async (integration, token) => PaymentCall.Report(await integration.Make<ILookUpPayment>().LookUpPaymentAsync(request, integration.Connection, token), integration)
                : null);
    }

    protected override Payment AfterStep(Payment payment, StepTaken step)
    {
        var moved = payment with { IntegrationId = new IntegrationId(step.Delivery.Lane.Value) };
        if (step is { Step: null, Delivery.Status: DeliveryStatus.Delivered } && !moved.Facts.IsSettled)
            return moved with { VerifyAt = PaymentReconciler.FirstVerification(step.Now) };   // a person says it was carried out; how it stands the provider knows
        if (!EndedWithoutEffect(step.Delivery) || moved.Facts.IsSettled)
            return moved;
        var phase = step.Delivery.Status == DeliveryStatus.Canceled ? PaymentPhase.Canceled
            : step.Delivery.Reason == ExhaustReason.Expired ? PaymentPhase.Expired
            : PaymentPhase.Failed;
        return moved with
        {
            Facts = moved.Facts.Join(PaymentFacts.None with { Phase = phase }),
            FailureCode = step.Delivery.LastCode, FailureMessage = step.Delivery.LastMessage, VerifyAt = null, UpdatedAt = step.Now,
        };
    }

    /// <summary>The hub's own verdict is taken back; what a provider said of the payment stands.</summary>
    protected override Result<Payment, Error> Reopened(Payment payment, Delivery delivery, DateTimeOffset now)
    {
        if (payment is not { Facts.Phase: PaymentPhase.Failed or PaymentPhase.Expired, ProviderReference: null })
            return payment.Facts.IsSettled ? DeliveryErrors.NotRetryable.With(
                $"The payment is {payment.Status.ToWord()}; start a new one instead.") : payment;
        return payment with
        {
            Facts = payment.Facts with { Phase = PaymentPhase.Pending }, FailureCode = null, FailureMessage = null,
            VerifyAt = PaymentReconciler.FirstVerification(now), UpdatedAt = now,
        };
    }
}

/// <summary>Asks the provider how the payment stands.</summary>
internal sealed class VerifyPaymentHandler(Database database, Connections connections, PaymentChanges changes, IntegrationFailures failures, DeliveryEvents deliveryEvents)
    : PaymentDeliveryHandler(Capabilities.VerifyPayment, database, connections, changes, failures, deliveryEvents)
{
    protected override IPreparedCall Prepare(Payment payment, Delivery delivery, OpenIntegration? open) => new PaymentCall(
        open, Capability,
        async (integration, token) => PaymentCall.Report(
            await integration.Make<IVerifyPayment>().VerifyPaymentAsync(PaymentCall.HandleOf(payment), integration.Connection, token), integration),
        null);
}

/// <summary>Captures a reserved payment.</summary>
internal sealed class CapturePaymentHandler(Database database, Connections connections, PaymentChanges changes, IntegrationFailures failures, DeliveryEvents deliveryEvents)
    : PaymentDeliveryHandler(Capabilities.CapturePayment, database, connections, changes, failures, deliveryEvents)
{
    protected override IPreparedCall Prepare(Payment payment, Delivery delivery, OpenIntegration? open)
    {
        var amount = payment.InMinorUnits(System.Text.Json.JsonSerializer.Deserialize<long>(delivery.Payload));
        return new PaymentCall(
            open, Capability,
            async (integration, token) => PaymentCall.Report(
                await integration.Make<ICapturePayment>().CapturePaymentAsync(
                    new CaptureRequest(PaymentCall.HandleOf(payment), delivery.Id.ToString(), amount), integration.Connection, token), integration),
            null);
    }

    protected override Payment AfterStep(Payment payment, StepTaken step) =>
        EndedWithoutEffect(step.Delivery) ? payment with { ClosingAction = null }
        // A person says it was captured; how much, the provider is asked.
        : step is { Step: null, Delivery.Status: DeliveryStatus.Delivered } ? payment with { VerifyAt = step.Now }
        : payment;

    protected override Result<Payment, Error> Reopened(Payment payment, Delivery delivery, DateTimeOffset now) => ClosePaymentWork.Claim(payment, delivery, now);
}

/// <summary>Gives up a payment that was not captured.</summary>
internal sealed class CancelPaymentHandler(Database database, Connections connections, PaymentChanges changes, IntegrationFailures failures, DeliveryEvents deliveryEvents)
    : PaymentDeliveryHandler(Capabilities.CancelPayment, database, connections, changes, failures, deliveryEvents)
{
    protected override IPreparedCall Prepare(Payment payment, Delivery delivery, OpenIntegration? open) => new PaymentCall(
        open, Capability,
        async (integration, token) => PaymentCall.Report(
            await integration.Make<ICancelPayment>().CancelPaymentAsync(
                new CancelRequest(PaymentCall.HandleOf(payment), delivery.Id.ToString()), integration.Connection, token), integration),
        null);

    protected override Payment AfterStep(Payment payment, StepTaken step) =>
        EndedWithoutEffect(step.Delivery) ? payment with { ClosingAction = null } : payment;

    protected override Result<Payment, Error> Reopened(Payment payment, Delivery delivery, DateTimeOffset now) => ClosePaymentWork.Claim(payment, delivery, now);
}
