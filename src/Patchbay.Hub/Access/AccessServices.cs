using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Hosting;
using Patchbay.Hub.Tenants;

namespace Patchbay.Hub.Access;

/// <summary>Puts access together.</summary>
internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>().AddSingleton<ApiAccess>().AddSingleton<ApiKeyHandlers>().AddSingleton<TenantHandlers>();
        services.AddLoop<ApiKeys>("last use of keys", TimeSpan.FromSeconds(30), keys => keys.WriteLastUsedAsync);
        return services;
    }
}
