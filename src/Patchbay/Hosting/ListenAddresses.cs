using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;

namespace Patchbay.Hosting;

/// <summary>Where to listen: what is wrong with it, told in a line.</summary>
internal static class ListenAddresses
{
    /// <param name="urls">Separated by semicolons.</param>
    /// <exception cref="SettingsException">One is none.</exception>
    public static void Check(string urls)
    {
        var wrong = urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(url => !IsAddress(url))
            .Select(url => $"'{url}' is not an address to listen on; --urls takes such as http://localhost:5000").ToList();
        if (wrong.Count > 0)
            throw new SettingsException(wrong);
    }

    /// <summary>Null when it is another fault.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"{Sentence.Of(exception.Message)} Stop what listens there, or choose another address with --urls.",
        SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } =>
            $"The address of --urls cannot be listened on: {Sentence.Of(exception.Message)} "
                + "Choose one of this machine, with a port above 1023.",
        _ => null,
    };

    private static bool IsAddress(string url)
    {
        // A star or a plus stands for every address, which no other program calls a host.
        var parsable = url.Replace("://*", "://host", StringComparison.Ordinal).Replace("://+", "://host", StringComparison.Ordinal);
        return url.StartsWith("http://unix:/", StringComparison.Ordinal)
            || Uri.TryCreate(parsable, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
    }
}
