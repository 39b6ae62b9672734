using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Features;

namespace Patchbay.Platform.Vault;

internal sealed class VaultFeature : IFeature
{
    public void Add(IServiceCollection services) =>
        services.AddSingleton<TenantVault>().AddSingleton<RewrapKeys>().AddSingleton<IAtStart, MasterKeyAtStart>();
}
