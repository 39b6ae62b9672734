using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Hub.Hosting;

namespace Patchbay.Hub.Deliveries;

/// <summary>Puts deliveries together.</summary>
internal static class DeliveriesServices
{
    public static IServiceCollection AddDeliveries(this IServiceCollection services)
    {
        services.AddSingleton<IDestinations, Destinations>().AddSingleton<DeliveryViews>();
        services.AddSingleton<DeliveryEvents>().AddSingleton<DeliveryHandlers>().AddSingleton<RetryJobs>();
        services.AddLoop<RetryJobs>("bulk retries", TimeSpan.FromMilliseconds(500), jobs => jobs.RunAsync);
        return services;
    }
}
