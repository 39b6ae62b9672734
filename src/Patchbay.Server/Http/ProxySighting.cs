using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Patchbay.Storage;

namespace Patchbay.Server.Http;

/// <summary>
/// The last address that spoke as a proxy without being named as one. It lies in a file of the data folder, where <c>doctor</c>, another
/// process, finds it.
/// </summary>
public sealed partial class ProxySighting(string folder)
{
    private readonly string _file = Path.Combine(folder, "unnamed-proxy");
    private int _noted;

    /// <summary>Null when there was none.</summary>
    public IPAddress? Read() => File.Exists(_file) && IPAddress.TryParse(File.ReadAllText(_file), out var seen) ? seen : null;

    /// <summary>Once a process: the first is enough to look into it.</summary>
    internal void Note(IPAddress from, ILogger logger)
    {
        if (Interlocked.Exchange(ref _noted, 1) != 0)
            return;
        LogIgnored(logger, from);
        try
        {
            OwnersFiles.MakeFolderOf(_file);
            using var file = OwnersFiles.Create(_file);
            file.Write(Encoding.ASCII.GetBytes(from.ToString()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in the log; doctor has less to tell.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "X-Forwarded-For or -Proto of {From} is ignored: if that is your reverse proxy, name it in Patchbay:TrustedProxies")]
    private static partial void LogIgnored(ILogger logger, IPAddress from);
}
