using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Patchbay.Bench.Machine;

/// <summary>A server beside the bench, on a free port; killed with the bench.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    public ServerProcess(string log, string program, IReadOnlyDictionary<string, string> environment, Func<int, string[]> arguments)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        var command = new[] { "dotnet", Path.Combine(AppContext.BaseDirectory, program) }.Concat(arguments(Port));
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", log, .. command]);
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS");   // that is for the load, which is not to be measured
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        Began = Stopwatch.GetTimestamp();
        _process = Process.Start(start)!;
        Log = log;
    }

    public int Port { get; }

    public int Id => _process.Id;

    public string Log { get; }

    /// <summary>Timestamp of its start.</summary>
    public long Began { get; }

    /// <summary>Waits until something answers at the path with success.</summary>
    public async Task ReadyAsync(string path, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}/") };
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException(
                    $"The server ended at its start:\n{await File.ReadAllTextAsync(Log, cancellationToken)}");
            try
            {
                if ((await http.GetAsync(path, cancellationToken)).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
