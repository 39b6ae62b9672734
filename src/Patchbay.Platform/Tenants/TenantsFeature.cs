using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;

namespace Patchbay.Platform.Tenants;

internal sealed class TenantsFeature : IFeature
{
    public void Add(IServiceCollection services)
    {
        services.AddSingleton<TenantConfigs>().AddSingleton<PlatformTenant>();
        services.AddLoop<TenantConfigs>("configuration changes", TimeSpan.FromMilliseconds(300), configs => configs.CatchUpAsync);
    }
}
