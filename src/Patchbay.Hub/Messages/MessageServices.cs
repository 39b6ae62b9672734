using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Hub.Inbound;

namespace Patchbay.Hub.Messages;

/// <summary>Puts messages together.</summary>
internal static class MessagesServices
{
    public static IServiceCollection AddMessages(this IServiceCollection services)
    {
        services.AddSingleton<MessageChanges>().AddSingleton<MessageHandlers>();
        services.AddSingleton<IDeliveryHandler, SendSmsHandler>().AddSingleton<IDeliveryHandler, SendWhatsAppHandler>();
        services.AddSingleton<IProviderEventTarget, MessageEventTarget>();
        return services;
    }
}
