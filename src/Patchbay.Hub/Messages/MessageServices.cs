using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Hub.Deliveries;
using Patchbay.Hub.Inbound;
using Patchbay.Hub.Integrations;

namespace Patchbay.Hub.Messages;

/// <summary>Puts messages together.</summary>
internal static class MessagesServices
{
    public static IServiceCollection AddMessages(this IServiceCollection services)
    {
        services.AddSingleton<MessageChanges>().AddSingleton<MessageHandlers>();
        services.AddSingleton<IDeliveryHandler, SendSmsHandler>().AddSingleton<IDeliveryHandler, SendWhatsAppHandler>();
        foreach (var capability in new[] { Capabilities.SendSms, Capabilities.SendWhatsApp })
            services.AddSingleton(new DeliveryKind(capability, MessageId.Prefix, IntegrationLanes.Name));
        services.AddSingleton<IProviderEventTarget, MessageEventTarget>();
        return services;
    }
}
