using Microsoft.Extensions.DependencyInjection;

namespace Patchbay.Hub.Routing;

/// <summary>Puts routing together.</summary>
internal static class RoutingServices
{
    public static IServiceCollection AddRouter(this IServiceCollection services)
    {
        services.AddSingleton<RoutingRules>().AddSingleton<RuleHandlers>().AddSingleton<Router>();
        return services;
    }
}
