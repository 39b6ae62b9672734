using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Messages;

internal sealed class SendWhatsApp(MessageServices messages, ProviderServices hub) : MessageDelivery(MessageChannel.Whatsapp, messages, hub)
{
    protected override Task<Result<MessageState, ProviderFailure>> SendAsync(
        MessagePayload payload, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var request = new WhatsAppRequest(
            IdOf(delivery).ToString(), PhoneNumber.Parse(payload.To), payload.From, payload.Body, payload.Template);
        return at.Make<ISendWhatsApp>().SendWhatsAppAsync(request, at.Connection, cancellationToken);
    }
}
