using Patchbay.Connectors.Contracts;
using Patchbay.Engine;

namespace Patchbay.Integrations.Deliveries;

/// <summary>What a provider is taken to have answered when a person says that it carried an operation out.</summary>
internal static class AssumedAnswers
{
    /// <param name="providerReference">The provider's id, as the person found it there.</param>
    public static object? For(Delivery delivery, string providerReference) => delivery.Capability switch
    {
        Capabilities.InitiatePayment => new PaymentState(providerReference, PaymentStatus.Processing),   // the reconciler asks how it stands
        Capabilities.CancelPayment => new PaymentState(providerReference, PaymentStatus.Canceled),
        Capabilities.ProcessRefund => new RefundState(providerReference, RefundStatus.Succeeded),
        Capabilities.SendSms or Capabilities.SendWhatsApp => new MessageState(providerReference, MessageStatus.Sent),
        _ => null,   // a capture's amount is for the provider to tell
    };
}
