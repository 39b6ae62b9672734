using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Loops;

namespace Patchbay.Integrations.Calls;

public static class ProviderDeliveryRegistration
{
    /// <summary>A capability of a feature: who makes its calls, and how its deliveries are shown.</summary>
    public static IServiceCollection AddProviderDelivery<THandler>(this IServiceCollection services, ProviderCapability capability)
        where THandler : class, IDeliveryHandler => services
        .AddSingleton<IDeliveryHandler, THandler>()
        .AddSingleton(capability)
        .AddSingleton(new DeliveryKind(capability.Name, capability.SubjectPrefix, IntegrationLanes.Name));

    /// <param name="name">For the log.</param>
    public static IServiceCollection AddFollowUp<T>(this IServiceCollection services, string name)
        where T : class, IFollowUp => services
        .AddSingleton<T>()
        .AddLoop<T>(name, TimeSpan.FromSeconds(5), followUp => followUp.RunAsync);
}
