using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Messages;

internal sealed class SendSms(MessageServices messages, ProviderServices hub) : MessageDelivery(MessageChannel.Sms, messages, hub)
{
    protected override Task<Result<MessageState, ProviderFailure>> SendAsync(
        MessagePayload payload, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var request = new SmsRequest(IdOf(delivery).ToString(), PhoneNumber.Parse(payload.To), payload.From, payload.Body!);
        return at.Make<ISendSms>().SendSmsAsync(request, at.Connection, cancellationToken);
    }
}
