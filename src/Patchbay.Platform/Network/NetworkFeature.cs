using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Patchbay.Platform.Features;

namespace Patchbay.Platform.Network;

internal sealed class NetworkFeature : IFeature
{
    public void Add(IServiceCollection services)
    {
        services.AddSingleton<ResolveHost>(_ => Dns.GetHostAddressesAsync).AddSingleton<AddressGuard>();
        services.AddSingleton(provider => new PublicAddress(
            provider.GetRequiredService<NetworkOptions>(), provider.GetService<IServer>(),
            provider.GetService<IHostApplicationLifetime>()));
        services.AddSingleton(provider => new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = provider.GetRequiredService<AddressGuard>().ConnectAsync,
        }) { Timeout = Timeout.InfiniteTimeSpan });
    }
}
