using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Messages;

internal sealed class SendEmail(MessageServices messages, ProviderServices hub) : MessageDelivery(MessageChannel.Email, messages, hub)
{
    protected override Task<Result<MessageState, ProviderFailure>> SendAsync(
        MessagePayload payload, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var mail = payload.Email!;
        var request = new EmailRequest(
            IdOf(delivery).ToString(), payload.To, payload.From, mail.ReplyTo, mail.Subject, payload.Body!, mail.Html);
        return at.Make<ISendEmail>().SendEmailAsync(request, at.Connection, cancellationToken);
    }
}
