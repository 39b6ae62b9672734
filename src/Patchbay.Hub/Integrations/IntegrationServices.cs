using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Hub.Deliveries;
using Patchbay.Hub.Hosting;

namespace Patchbay.Hub.Integrations;

/// <summary>Puts integrations together.</summary>
internal static class IntegrationsServices
{
    public static IServiceCollection AddIntegrations(this IServiceCollection services)
    {
        services.AddSingleton<ILaneOwner, IntegrationLanes>();
        services.AddSingleton<Connections>().AddSingleton<IntegrationChanges>().AddSingleton<IntegrationFailures>();
        services.AddSingleton<IntegrationHandlers>().AddSingleton<IntegrationSchedule>();
        services.AddSingleton<CheckIntegration>().AddSingleton<IDeliveryHandler>(provider => provider.GetRequiredService<CheckIntegration>());
        services.AddSingleton(new DeliveryKind(CheckIntegration.Name, IntegrationId.Prefix, lane => Integration.OfCheckLane(lane).ToString()));
        services.AddLoop<IntegrationSchedule>("integration checks", TimeSpan.FromSeconds(5), schedule => schedule.RunAsync);
        return services;
    }
}
