using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Hosting;

namespace Patchbay.Hub.Retention;

/// <summary>Puts retention together.</summary>
internal static class RetentionServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddSingleton<Retention>();
        services.AddLoop<Retention>("retention", TimeSpan.FromHours(1), retention => retention.RunAsync);
        return services;
    }
}
