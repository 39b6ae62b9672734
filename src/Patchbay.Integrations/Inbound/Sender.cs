using System.Net;

namespace Patchbay.Integrations.Inbound;

/// <summary>Who sends to one address for webhooks: the caller's network, since providers call from several machines.</summary>
/// <param name="To">The integration's id, or the provider's name where the address names no integration.</param>
internal readonly record struct Sender(string To, IPNetwork From)
{
    /// <param name="address">Null when it is not known.</param>
    public static Sender Of(string to, IPAddress? address) => new(to, NetworkOf(address ?? IPAddress.None));

    /// <summary>The /24 of an IPv4 address, the /64 of an IPv6 one.</summary>
    private static IPNetwork NetworkOf(IPAddress address)
    {
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        var kept = bytes.Length == 4 ? 3 : 8;
        bytes.AsSpan(kept).Clear();
        return new IPNetwork(new IPAddress(bytes), kept * 8);
    }
}
