using System.Net;
using System.Net.Sockets;

namespace Patchbay.Hub.Network;

/// <summary>
/// Decides which addresses the hub may call. Never: loopback, link-local, cloud metadata, multicast and unspecified, however they are
/// written. Private networks (RFC 1918, CGNAT, ULA): only when the operator allows them.
/// </summary>
public sealed class AddressGuard(NetworkOptions options)
{
    private static readonly IPNetwork[] Never = Networks(
        "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/128", "::1/128", "fe80::/10", "ff00::/8", "100::/64", "2001:db8::/32", "fec0::/10");

    private static readonly IPNetwork[] Private = Networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    public bool IsAllowed(IPAddress address)
    {
        if (options.AllowPrivateNetworks)
            return true;
        foreach (var embedded in WithEmbedded(address))
        {
            if (Never.Any(network => network.Contains(embedded)) || Private.Any(network => network.Contains(embedded)))
                return false;
        }

        return true;
    }

    /// <summary>Resolves, checks and connects to the very address that was checked, so that the name cannot change its mind in between.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = addresses.Where(IsAllowed).ToArray();
        if (allowed.Length == 0 || allowed.Length != addresses.Length)
        {
            throw new HttpRequestException(
                HttpRequestError.ConnectionError,
                $"{context.DnsEndPoint.Host} is at an address that must not be called. Private networks need Patchbay:AllowPrivateNetworks.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The address itself, and the IPv4 address it stands for when it is mapped, NAT64, 6to4 or Teredo.</summary>
    private static IEnumerable<IPAddress> WithEmbedded(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            yield return address.MapToIPv4();
            yield break;
        }

        yield return address;
        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address))
            yield return new IPAddress(bytes.AsSpan(12, 4));
        else if (SixToFour.Contains(address))
            yield return new IPAddress(bytes.AsSpan(2, 4));
        else if (Teredo.Contains(address))
            yield return new IPAddress(bytes.AsSpan(12, 4).ToArray().Select(value => (byte)~value).ToArray());
    }

    private static IPNetwork[] Networks(params string[] texts) => texts.Select(text => IPNetwork.Parse(text)).ToArray();
}

/// <summary>Settings under <c>Patchbay</c> about the network.</summary>
public sealed class NetworkOptions
{
    /// <summary>Lets providers be called at loopback and private addresses: for development, sandboxes and tests. Default false.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>
    /// The address under which the outside reaches this hub, for webhooks and their signatures. Null: the first address it listens on.
    /// </summary>
    public Uri? PublicUrl { get; set; }
}
