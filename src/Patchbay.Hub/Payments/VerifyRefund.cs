using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Payments;

/// <summary>Asks the provider how a refund ended.</summary>
internal sealed class VerifyRefund(PaymentChanges changes, ProviderServices hub)
    : RefundDelivery(PaymentCapabilities.VerifyRefund, changes, hub)
{
    protected override Task<Result<RefundState, ProviderFailure>> CallAsync(
        RefundOfPayment of, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var handle = new RefundHandle(of.Payment.Handle(), of.Refund.Id.ToString(), of.Refund.ProviderReference ?? "");
        return at.Make<IProcessRefund>().VerifyRefundAsync(handle, at.Connection, cancellationToken);
    }
}
