using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;

namespace Patchbay.Platform.Network;

/// <summary>The address the outside knows this hub by.</summary>
public sealed class PublicAddress(NetworkOptions options, IServer? server = null, IHostApplicationLifetime? lifetime = null)
{
    /// <summary>Ends with a slash.</summary>
    public Uri Base => options.PublicUrl is { } configured ? WithSlash(configured) : new Uri(Listening());

    public Uri For(string path) => new(Base, path);

    /// <summary>
    /// Ends when the address is known for good: at once when it is configured, else when the server listens. What goes out with the
    /// address in it waits for that.
    /// </summary>
    public async Task KnownAsync(CancellationToken cancellationToken)
    {
        if (options.PublicUrl is not null || lifetime is null || lifetime.ApplicationStarted.IsCancellationRequested)
            return;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private string Listening()
    {
        var address = server?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5000";
        return WithSlash(new Uri(address.Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal))).ToString();
    }

    private static Uri WithSlash(Uri uri) => uri.AbsoluteUri.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
}
