using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Features;

namespace Patchbay.Integrations.Calls;

/// <summary>What the features share that call providers.</summary>
internal sealed class CallsFeature : IFeature
{
    public void Add(IServiceCollection services) => services.AddSingleton<ProviderServices>().AddSingleton<FollowUpServices>();
}
