using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;

namespace Patchbay.Integrations.Tokens;

internal sealed class TokensFeature : IFeature
{
    public void Add(IServiceCollection services)
    {
        services.AddSingleton<TokenEndpoint>().AddSingleton<AccessTokens>().AddSingleton<TokenSweep>();
        services.AddLoop<TokenSweep>("token sweep", TimeSpan.FromMinutes(10), sweep => sweep.RunAsync);
    }
}
