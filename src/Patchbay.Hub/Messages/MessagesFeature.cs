using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Inbound;
using Patchbay.Integrations.Routing;
using Patchbay.Integrations.Timeline;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Retention;

namespace Patchbay.Hub.Messages;

/// <summary>Messages over HTTP.</summary>
internal sealed class MessagesFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["messages"];

    public void Add(IServiceCollection services)
    {
        services.AddSingleton<MessageChanges>().AddSingleton<MessageHandlers>().AddSingleton<LostMessages>().AddSingleton<MessageServices>()
            .AddSingleton(new Expiring("lost_calls", "tenant_id, message_id, number", "kept_until"));
        services.AddProviderDelivery<SendSms>(MessageCapabilities.SendSms);
        services.AddProviderDelivery<SendWhatsApp>(MessageCapabilities.SendWhatsApp);
        services.AddProviderDelivery<SendEmail>(MessageCapabilities.SendEmail);
        services.AddSingleton<IProviderEventTarget, MessageEventTarget>().AddSingleton<IProviderEventTarget, MessageFeedbackTarget>();
        services.AddTimeline("message", "read:messages", MessageTable.Instance, MessageView.Brief);
    }

    public void Map(FeatureRoutes hub)
    {
        hub.Action<MessageHandlers, SendMessageRequest>("messages.send", "POST /messages/", messages => messages.SendAsync)
            .Answers<MessageView>(202, 201).Says("Send an SMS, a WhatsApp message or an e-mail")
            .Refuses(RoutingErrors.NoActiveProvider);
        hub.ActionOn<MessageHandlers, MessageId>("messages.cancel", "POST /messages/{id}/cancel", messages => messages.CancelAsync)
            .Answers<MessageView>(202).Says("Take back a message that was not sent yet")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus, DeliveryErrors.Finished, DeliveryErrors.InDoubt);
        hub.List(
                "GET /messages/", MessageTable.Instance, MessageView.Brief,
                by => by.Word<MessageStatus>("status").Word<MessageChannel>("channel").Word<IntegrationMode>("mode")
                    .Text("to", "recipient").Text("customer_id").Created())
            .Says("Messages, newest first");
        hub.One<MessageHandlers, MessageId, Message, MessageView>(
            "GET /messages/{id}", "message", messages => messages.FindAsync, MessageView.Of).Says("A message");
    }
}
