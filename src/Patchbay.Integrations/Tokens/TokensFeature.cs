using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Features;

namespace Patchbay.Integrations.Tokens;

internal sealed class TokensFeature : IFeature
{
    public void Add(IServiceCollection services) => services.AddSingleton<TokenEndpoint>().AddSingleton<AccessTokens>();
}
