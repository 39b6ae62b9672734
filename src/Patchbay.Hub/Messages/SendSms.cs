using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Messages;

internal sealed class SendSms(MessageChanges changes, LostMessages lost, ProviderServices hub)
    : MessageDelivery(MessageCapabilities.SendSms, changes, lost, hub)
{
    protected override Task<Result<MessageState, ProviderFailure>> CallAsync(
        MessagePayload payload, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var request = new SmsRequest(IdOf(delivery).ToString(), PhoneNumber.Parse(payload.To), payload.From, payload.Body!);
        return at.Make<ISendSms>().SendSmsAsync(request, at.Connection, cancellationToken);
    }
}
