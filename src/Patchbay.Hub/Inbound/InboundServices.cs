using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Hosting;

namespace Patchbay.Hub.Inbound;

/// <summary>Puts inbound webhooks together.</summary>
internal static class InboundServices
{
    public static IServiceCollection AddInbound(this IServiceCollection services)
    {
        services.AddSingleton<InboundMetrics>().AddSingleton<InboundIntegrations>().AddSingleton<WebhookReceiver>();
        services.AddSingleton<InboxProcessor>().AddSingleton<InboxQueue>().AddSingleton<InboxSweep>().AddSingleton<InboxQueries>().AddSingleton<InboxHandlers>();
        services.AddHostedService(provider => provider.GetRequiredService<InboxQueue>());
        services.AddLoop<InboxSweep>("inbox", TimeSpan.FromMilliseconds(500), sweep => sweep.RunAsync);
        return services;
    }
}
