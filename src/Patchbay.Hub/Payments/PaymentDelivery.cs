using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>What the deliveries about a payment have in common: they load it, and join what the provider says to it.</summary>
internal abstract class PaymentDelivery(ProviderCapability capability, PaymentChanges changes, ProviderServices hub)
    : ProviderDelivery<PaymentKey, Payment, Payment, PaymentState>(capability, PaymentTable.Instance, hub)
{
    protected override PaymentKey KeyOf(Delivery delivery) => new(delivery.TenantId, new PaymentId(delivery.SubjectId));

    protected override ValueTask<Payment> LoadAsync(Delivery delivery, CancellationToken cancellationToken) =>
        ReadAsync(delivery, cancellationToken);

    protected override void NeedSubject(LedgerNeeds needs, Delivery delivery, PaymentState? answer) =>
        changes.Need(needs, KeyOf(delivery), answer);

    protected override void Apply(LedgerRows rows, Payment payment, PaymentState? answer, StepTaken step)
    {
        var after = answer is null ? payment : changes.Join(rows, payment, answer, step.Now, isAnswer: true);
        changes.Write(rows, payment, AfterStep(after, step), AuditLog.System, Capability, step.Now);
    }

    protected override Error? Reopen(LedgerRows rows, Payment payment, Delivery delivery, string actor, DateTimeOffset now)
    {
        var reopened = Reopened(payment, delivery, now);
        if (reopened.IsSuccess)
            changes.Write(rows, payment, reopened.Value, actor, "retry", now);
        return reopened.Error;
    }

    /// <summary>What a step means to the payment beyond the provider's answer.</summary>
    protected virtual Payment AfterStep(Payment payment, StepTaken step) => payment;

    /// <summary>The payment when a delivery that was given up is tried again; an error when that is not possible any more.</summary>
    protected virtual Result<Payment, Error> Reopened(Payment payment, Delivery delivery, DateTimeOffset now) => payment;

    /// <summary>A person says that it was carried out.</summary>
    protected static bool WasResolved(StepTaken step) => step is { Step: null, Delivery.Status: DeliveryStatus.Delivered };
}
