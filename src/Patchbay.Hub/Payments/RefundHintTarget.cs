using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Inbound;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Asks how a refund stands when its provider hints that it has changed.</summary>
internal sealed class RefundHintTarget(Database database, IdGenerator ids, TimeProvider time)
    : ProviderEventTarget<RefundHint, RefundId, RefundKey, Refund>(database, RefundTable.Instance)
{
    protected override (string Column, string Join) GivenTo => RefundEventTarget.WhereItsPaymentIs;

    protected override RefundId IdOf(Refund refund) => refund.Id;

    protected override ValueTask<ISubjectUpdate?> FoundAsync(
        Refund refund, IntegrationId givenTo, RefundHint reported, CancellationToken cancellationToken) => new(
        refund.ProviderReference is null
            ? null : new AskProvider(refund.Id.ToString(), RefundFollowUp.Question(refund, givenTo).New(ids, time.GetUtcNow())));
}
