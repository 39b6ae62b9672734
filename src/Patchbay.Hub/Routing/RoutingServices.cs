using Microsoft.Extensions.DependencyInjection;

namespace Patchbay.Hub.Routing;

/// <summary>Puts routing together.</summary>
internal static class RoutingServices
{
    public static IServiceCollection AddRouting(this IServiceCollection services)
    {
        services.AddSingleton<Router>();
        return services;
    }
}
