using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Patchbay.Platform.Network;

/// <summary>The address the outside knows this hub by.</summary>
public sealed class PublicAddress(NetworkOptions options, IServer? server = null)
{
    /// <summary>Ends with a slash.</summary>
    public Uri Base => options.PublicUrl is { } configured ? WithSlash(configured) : new Uri(Listening());

    public Uri For(string path) => new(Base, path);

    private string Listening()
    {
        var address = server?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5000";
        return WithSlash(new Uri(address.Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal))).ToString();
    }

    private static Uri WithSlash(Uri uri) => uri.AbsoluteUri.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
}
