using Microsoft.Extensions.DependencyInjection;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Integrations.Costs;

/// <summary>Costs over HTTP.</summary>
internal sealed class CostsFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["costs"];

    public void Add(IServiceCollection services) => services.AddSingleton<CostReader>();

    public void Map(FeatureRoutes hub) => hub.List(
            "GET /costs/", CostTable.Instance, CostView.Of,
            by => by.Text("subject_id").Id<IntegrationId>("integration_id").Text("kind").Created())
        .Says("What providers charge, by what it was done for, newest first");
}
