using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Inbound;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Asks how a payment stands when its provider hints that it has changed.</summary>
internal sealed class PaymentHintTarget(Database database, IdGenerator ids, TimeProvider time)
    : ProviderEventTarget<PaymentHint, PaymentId, PaymentKey, Payment>(database, PaymentTable.Instance)
{
    protected override PaymentId IdOf(Payment payment) => payment.Id;

    /// <summary>One that the provider has no reference for yet cannot be asked about: it waits for the answer to its first call.</summary>
    protected override ISubjectUpdate? Found(Payment payment, IntegrationId givenTo, PaymentHint reported) =>
        payment.ProviderReference is null
            ? null : new AskProvider(payment.Id.ToString(), PaymentFollowUp.Question(payment).New(ids, time.GetUtcNow()));
}
