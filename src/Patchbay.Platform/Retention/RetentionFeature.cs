using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;

namespace Patchbay.Platform.Retention;

internal sealed class RetentionFeature : IFeature
{
    public void Add(IServiceCollection services)
    {
        services.AddSingleton<PartitionUpkeep>().AddSingleton<Retention>();
        services.AddLoop<Retention>("retention", TimeSpan.FromHours(1), retention => retention.RunAsync);
    }
}
