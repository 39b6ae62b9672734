using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Features;
using Patchbay.Platform.Retention;

namespace Patchbay.Platform.Operations;

internal sealed class OperationsFeature : IFeature
{
    public void Add(IServiceCollection services) =>
        services.AddSingleton<OperationRunner>().AddSingleton(new Expiring("idempotency", "tenant_id, route, key", "expires_at"));
}
