using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Patchbay.TestKit;

namespace Patchbay.ClusterTests.Running;

/// <summary>HAProxy with the configuration of <c>docs/examples/haproxy.cfg</c>: only the addresses are others.</summary>
internal sealed partial class Balancer : IDisposable
{
    private readonly Process _process;
    private readonly string _file;

    private Balancer(Process process, string file, Uri address) => (_process, _file, Address) = (process, file, address);

    public static bool IsInstalled => Shell.Find("haproxy") is not null;

    /// <summary>With a closing slash.</summary>
    public Uri Address { get; }

    public static Uri FreeAddress(string host)
    {
        using var free = new TcpListener(IPAddress.Any, 0);
        free.Start();
        return new Uri($"http://{host}:{((IPEndPoint)free.LocalEndpoint).Port}/");
    }

    /// <summary>Returns when it listens; it serves when a node is ready.</summary>
    public static async Task<Balancer> StartAsync(Uri address, IReadOnlyList<Uri> nodes, CancellationToken cancellationToken)
    {
        var example = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "haproxy.cfg"));
        var text = example.Replace("bind :80", $"bind {address.Authority}", StringComparison.Ordinal);
        for (var node = 0; node < nodes.Count; node++)
            text = text.Replace($"10.0.0.{11 + node}:8080", nodes[node].Authority, StringComparison.Ordinal);
        if (text.Contains("10.0.0.", StringComparison.Ordinal) || Bind().Count(text) != 1)
            throw new InvalidOperationException(
                "docs/examples/haproxy.cfg does not have the three nodes and the one address that are put in place here.");
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        var process = Process.Start(new ProcessStartInfo(
            Shell.Find("haproxy")!, ["-db", "-f", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await Eventually.BecomesAsync(
            async () => await ListensAsync(process, address, cancellationToken), TimeSpan.FromSeconds(10), cancellationToken);
        return new Balancer(process, file, address);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        File.Delete(_file);
    }

    private static async Task<bool> ListensAsync(Process process, Uri address, CancellationToken cancellationToken)
    {
        if (process.HasExited)
            throw new InvalidOperationException($"HAProxy ended: {await process.StandardError.ReadToEndAsync(cancellationToken)}");
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(address.Host, address.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\s*bind ", RegexOptions.Multiline)]
    private static partial Regex Bind();
}
