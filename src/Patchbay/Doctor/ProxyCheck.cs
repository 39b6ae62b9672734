using System.Net;
using Patchbay.Server.Composition;
using Patchbay.Server.Http;

namespace Patchbay.Doctor;

/// <summary>A proxy that nobody has named: its callers all seem to come from it.</summary>
internal sealed class ProxyCheck(HubOptions options) : ICheck
{
    private const string Name = "reverse proxy";

    public async IAsyncEnumerable<Finding> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var named = options.Network.TrustedProxies.Select(network => IPNetwork.Parse(network));
        if (new ProxySighting(options.DataFolder).Read() is { } seen && !named.Any(network => network.Contains(seen)))
            yield return Finding.Warning(Name, $"{seen} sends X-Forwarded-For or X-Forwarded-Proto, which is ignored",
                $"If that is your proxy, set Patchbay:TrustedProxies to its network, such as {seen}/{(seen.GetAddressBytes().Length * 8)}: "
                    + "keys that hold for some networks only see the proxy's address until then.");
    }
}
