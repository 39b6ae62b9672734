using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Patchbay.Sandbox.Vendors;

/// <summary>
/// Lets a host such as <c>stripe.localhost</c> stand for the path <c>/stripe</c>: vendors' own libraries often take a host and no path.
/// </summary>
internal sealed class VendorHosts(IEnumerable<ISandboxVendor> vendors)
{
    private readonly FrozenSet<string> _names = vendors.Select(vendor => vendor.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public void Resolve(HttpRequest request)
    {
        var labels = request.Host.Host.Split('.', 2);
        if (labels.Length == 2 && _names.TryGetValue(labels[0], out var name))
            request.Path = new PathString("/" + name).Add(request.Path);
    }
}
