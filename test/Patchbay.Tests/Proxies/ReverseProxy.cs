using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Patchbay.TestKit;

namespace Patchbay.Tests.Proxies;

/// <summary>A reverse proxy with its configuration of <c>docs/examples</c>: only the addresses are others.</summary>
internal sealed class ReverseProxy : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private ReverseProxy(Process process, DirectoryInfo folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    /// <summary>Null when it is not installed.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':').Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    public static Task<ReverseProxy> StartHaproxyAsync(Uri hub, CancellationToken cancellationToken) =>
        StartAsync(
            "haproxy", "haproxy.cfg", "bind :80", "bind {0}", hub, (_, example) => example, file => ["-db", "-f", file], cancellationToken);

    public static Task<ReverseProxy> StartNginxAsync(Uri hub, CancellationToken cancellationToken) =>
        StartAsync("nginx", "nginx.conf", "listen 80", "listen {0}", hub, (folder, example) => $$"""
            daemon off;
            pid {{folder}}/pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                {{example}}
            }
            """, file => ["-c", file], cancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<ReverseProxy> StartAsync(
        string program, string exampleName, string listen, string listenAt, Uri hub, Func<string, string, string> whole,
        Func<string, string[]> arguments, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("patchbay-proxy-");
        var address = FreeAddress();
        var example = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, exampleName), cancellationToken);
        Assert.Contains(listen, example, StringComparison.Ordinal);
        var text = example.Replace(listen, string.Format(null, listenAt, address.Authority), StringComparison.Ordinal);
        for (var node = 11; node <= 13; node++)
            text = text.Replace($"10.0.0.{node}:8080", hub.Authority, StringComparison.Ordinal);
        var file = Path.Combine(folder.FullName, exampleName);
        await File.WriteAllTextAsync(file, whole(folder.FullName, text), cancellationToken);
        var process = Process.Start(new ProcessStartInfo(Find(program)!, arguments(file)) { RedirectStandardError = true })!;
        var proxy = new ReverseProxy(process, folder, address);
        await Eventually.BecomesAsync(
            async () => await proxy.AnswersAsync(cancellationToken), TimeSpan.FromSeconds(20), cancellationToken);
        return proxy;
    }

    private static Uri FreeAddress()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"It ended: {await _process.StandardError.ReadToEndAsync(cancellationToken)}");
        using var client = new HttpClient();
        try
        {
            return (await client.GetAsync(new Uri(Address, "readyz"), cancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
