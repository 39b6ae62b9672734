using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Messages;

internal sealed class SendWhatsApp(MessageChanges changes, LostMessages lost, ProviderServices hub)
    : MessageDelivery(MessageCapabilities.SendWhatsApp, changes, lost, hub)
{
    protected override Task<Result<MessageState, ProviderFailure>> CallAsync(
        MessagePayload payload, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var request = new WhatsAppRequest(
            IdOf(delivery).ToString(), PhoneNumber.Parse(payload.To), payload.From, payload.Body, payload.Template);
        return at.Make<ISendWhatsApp>().SendWhatsAppAsync(request, at.Connection, cancellationToken);
    }
}
