using System.Net;
using Patchbay.Platform.Api;
using Patchbay.Platform.Network;

namespace Patchbay.Integrations.Outbound;

/// <summary>
/// Checks an address that a tenant enters. A host's name is not resolved here: what it stands for is checked whenever it is called.
/// </summary>
public sealed class OutboundUrl(NetworkOptions options, AddressGuard guard)
{
    private const int Max = 2_000;

    /// <summary>Null when something is wrong with it, which is then among the faults.</summary>
    public Uri? Read(string? text, string field, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(faults.Text(text, field, Max)) || text!.Length > Max)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 || url.Scheme is not ("https" or "http"))
        {
            faults.Add(field, "must be an address such as https://example.com/webhooks");
            return null;
        }

        faults.Require(url.Scheme == "https" || options.AllowHttpWebhooks, field, "must begin with https://");
        faults.Require(url.UserInfo.Length == 0, field, "must not hold a user name or password; use a header");
        faults.Require(url.Fragment.Length == 0 && !text.Contains('#', StringComparison.Ordinal), field, "must not have a fragment");
        faults.Require(MayBeCalled(url), field, "is at an address that must not be called");
        return faults.Concern(field) ? null : url;
    }

    private bool MayBeCalled(Uri url)
    {
        if (IPAddress.TryParse(url.IdnHost, out var address))
            return guard.IsAllowed(address);
        var host = url.IdnHost.TrimEnd('.');
        return options.AllowPrivateNetworks
            || !host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
