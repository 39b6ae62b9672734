using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;

namespace Patchbay.Integrations.Outbound;

/// <summary>What all features share that call tenants' addresses.</summary>
internal sealed class OutboundFeature : IFeature
{
    public void Add(IServiceCollection services)
    {
        services.AddSingleton<OutboundUrl>().AddSingleton<OutboundClients>().AddSingleton<OutboundSender>().AddSingleton<OutboundStats>()
            .AddSingleton<OpenEndpoints>();
        services.AddLoop<OutboundStats>("old figures of endpoints", TimeSpan.FromMinutes(10), stats => stats.ForgetOldAsync);
    }
}
