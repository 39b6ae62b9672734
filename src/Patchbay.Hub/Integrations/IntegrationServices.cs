using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Hub.Hosting;

namespace Patchbay.Hub.Integrations;

/// <summary>Puts integrations together.</summary>
internal static class IntegrationsServices
{
    public static IServiceCollection AddIntegrations(this IServiceCollection services)
    {
        services.AddSingleton<IDestinations, Destinations>();
        services.AddSingleton<Connections>().AddSingleton<IntegrationChanges>().AddSingleton<IntegrationFailures>();
        services.AddSingleton<IntegrationHandlers>().AddSingleton<IntegrationSchedule>();
        services.AddSingleton<CheckIntegration>().AddSingleton<IDeliveryHandler>(provider => provider.GetRequiredService<CheckIntegration>());
        services.AddLoop<IntegrationSchedule>("integration checks", TimeSpan.FromSeconds(5), schedule => schedule.RunAsync);
        return services;
    }
}
