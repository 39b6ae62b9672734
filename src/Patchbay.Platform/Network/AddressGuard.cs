using System.Net;
using System.Net.Sockets;

namespace Patchbay.Platform.Network;

/// <summary>
/// Decides which addresses the hub may call. Never: loopback, link-local, cloud metadata, multicast and unspecified, however they are
/// written. Private networks (RFC 1918, CGNAT, ULA): only those that the operator names, and also there no address of cloud metadata.
/// </summary>
/// <param name="resolve">Asked once for each connection.</param>
public sealed class AddressGuard(NetworkOptions options, ResolveHost resolve)
{
    /// <summary>
    /// Special purposes (IANA's registries for IPv4 and IPv6), none of them a receiver's; at the end the metadata of AWS, Google Cloud and
    /// Alibaba Cloud, which lie in networks that may be named.
    /// </summary>
    private static readonly IPNetwork[] Never = Networks(
        "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32", "192.0.0.0/24", "192.0.2.0/24",
        "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "fe80::/10", "ff00::/8", "100::/64", "100:0:0:1::/64",
        "2001:2::/48", "2001:10::/28", "2001:20::/28", "2001:30::/28", "2001:db8::/32", "3fff::/20", "5f00::/16", "fec0::/10",
        "fd00:ec2::254/128", "fd20:ce::254/128", "100.100.100.200/32");

    private static readonly IPNetwork[] Private = Networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    private readonly IPNetwork[] _named = Networks([.. options.AllowedNetworks]);

    public bool IsAllowed(IPAddress address)
    {
        if (options.AllowPrivateNetworks)
            return true;
        foreach (var embedded in WithEmbedded(address))
        {
            if (Never.Any(network => network.Contains(embedded)))
                return false;
            if (Private.Any(network => network.Contains(embedded)) && !_named.Any(network => network.Contains(embedded)))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Resolves, checks and connects to the very address that was checked, so that the name cannot change its mind in between.
    /// </summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var allowed = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        if (allowed.Length == 0 || !allowed.All(IsAllowed))
            throw new AddressNotAllowedException(host);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            // The socket remembers it. The handler asks for it where it does not expect a connection that is already gone.
            _ = socket.RemoteEndPoint;
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

/// <summary>Finds the addresses of a host. In place of the system's own, a test can answer as it likes.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>A host is at an address that must not be called; it was not.</summary>
public sealed class AddressNotAllowedException(string host) : HttpRequestException(
    HttpRequestError.ConnectionError,
    $"{host} is at an address that must not be called. Private networks have to be named in Patchbay:AllowedNetworks.");
