using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Patchbay.Sandbox.Vendors;

/// <summary>From what the vendors' own libraries call to the path where the vendor is mapped.</summary>
internal sealed class VendorPaths(IEnumerable<ISandboxVendor> vendors)
{
    private readonly FrozenSet<string> _names = vendors.Select(vendor => vendor.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public void Resolve(HttpRequest request)
    {
        // Many take a host and no path: the host stripe.localhost stands for /stripe.
        var labels = request.Host.Host.Split('.', 2);
        if (labels.Length == 2 && _names.TryGetValue(labels[0], out var name))
            request.Path = new PathString("/" + name).Add(request.Path);
        // Plivo's asks for the account with two slashes at the end.
        if (request.Path.Value is [.. var path, '/', '/'])
            request.Path = path + "/";
    }
}
