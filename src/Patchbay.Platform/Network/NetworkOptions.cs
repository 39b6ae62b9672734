using System.Net;

namespace Patchbay.Platform.Network;

/// <summary>Settings under <c>Patchbay</c> about the network.</summary>
public sealed class NetworkOptions
{
    /// <summary>Lets everything be called at loopback and private addresses: for development, sandboxes and tests. Default false.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>
    /// Private networks (RFC 1918, CGNAT, ULA) that may be called all the same, as CIDR such as <c>10.1.0.0/16</c>. Default none. Loopback,
    /// link-local, metadata and multicast addresses are not to be had this way.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>
    /// Reverse proxies and load balancers in front of this hub, as CIDR such as <c>10.0.0.5/32</c>: what they say in
    /// <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> counts. Default none: these headers are ignored, since anybody can send them.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Lets tenants enter <c>http</c> addresses for webhooks, for development. Default false: <c>https</c> only.</summary>
    public bool AllowHttpWebhooks { get; set; }

    /// <summary>
    /// A file with further root certificates (PEM) that receivers of webhooks may show, beside those the system trusts. Null: none.
    /// </summary>
    public string? TrustedRoots { get; set; }

    /// <summary>
    /// The address under which the outside reaches this hub, for webhooks and their signatures. Null: the first address it listens on.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>What is wrong with these settings, each with the name of the setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (PublicUrl is { IsAbsoluteUri: false })
            yield return "Patchbay:PublicUrl must be an absolute address such as https://hub.example.com/.";
        foreach (var network in AllowedNetworks.Where(network => !IPNetwork.TryParse(network, out _)))
            yield return $"Patchbay:AllowedNetworks: '{network}' is not a network such as 10.1.0.0/16.";
        foreach (var network in TrustedProxies.Where(network => !IPNetwork.TryParse(network, out _)))
            yield return $"Patchbay:TrustedProxies: '{network}' is not a network such as 10.0.0.5/32.";
        if (TrustedRoots is not null && !File.Exists(TrustedRoots))
            yield return $"Patchbay:TrustedRoots: there is no file {TrustedRoots}.";
    }
}
