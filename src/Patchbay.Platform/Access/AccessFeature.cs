using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;

namespace Patchbay.Platform.Access;

internal sealed class AccessFeature : IFeature
{
    public void Add(IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>().AddSingleton<ApiAccess>().AddSingleton<PermissionWords>();
        services.AddLoop<ApiKeys>("last use of keys", TimeSpan.FromSeconds(30), keys => keys.WriteLastUsedAsync);
    }
}
