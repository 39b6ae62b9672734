using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Hosting;

namespace Patchbay.Hub.Outbound;

/// <summary>Puts together what all features that call tenants' addresses share.</summary>
internal static class OutboundServices
{
    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.AddSingleton<OutboundUrl>().AddSingleton<OutboundClients>().AddSingleton<OutboundSender>().AddSingleton<OutboundStats>();
        services.AddLoop<OutboundStats>("old figures of endpoints", TimeSpan.FromMinutes(10), stats => stats.ForgetOldAsync);
        return services;
    }
}
