using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Patchbay.DurabilityTests.Running;

/// <summary>The real executable on one port and one database, which can be killed, stopped and started again. Its output is kept in one file.</summary>
internal sealed class HubProcess : IDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly string _folder = Directory.CreateTempSubdirectory("patchbay-data-").FullName;
    private Process? _process;

    public HubProcess(string name, Dictionary<string, string> settings)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        Log = Path.Combine(AppContext.BaseDirectory, "logs", name + ".log");
        Directory.CreateDirectory(Path.GetDirectoryName(Log)!);
        File.Delete(Log);
        _settings = new Dictionary<string, string>(settings)
        {
            ["Patchbay__DataFolder"] = _folder,
            ["Patchbay__PublicUrl"] = Address.ToString(),
        };
    }

    /// <summary>With a closing slash.</summary>
    public Uri Address { get; }

    /// <summary>What all its lives have printed.</summary>
    public string Log { get; }

    /// <summary>Returns at once; the hub is up a little later.</summary>
    public void Start()
    {
        _process?.Dispose();
        // The shell opens the file and becomes the hub: nothing that it printed before it was killed is lost.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1", Log, .. Command("serve", "--urls", Address.ToString())]);
        _process = Process.Start(Prepared(start))!;
    }

    public async Task StartAndWaitAsync(CancellationToken cancellationToken)
    {
        Start();
        using var http = new HttpClient { BaseAddress = Address };
        await TestKit.Eventually.BecomesAsync(
            async () =>
            {
                Assert.False(_process!.HasExited, $"The hub ended at its start; see {Log}");
                try
                {
                    return (await http.GetAsync("readyz", cancellationToken)).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(30), cancellationToken);
    }

    /// <summary>SIGKILL: it can do nothing about it.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        Assert.False(_process!.HasExited, $"The hub ended by itself; see {Log}");
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGTERM, as a service manager does it; returns the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using (var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Runs another verb on the same database, beside the hub; returns what it printed.</summary>
    public async Task<string> RunVerbAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var command = Command(arguments);
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(Prepared(start))!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string[] Command(params string[] arguments) => ["dotnet", Path.Combine(AppContext.BaseDirectory, "patchbay.dll"), .. arguments];

    private ProcessStartInfo Prepared(ProcessStartInfo start)
    {
        start.WorkingDirectory = _folder;
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("Patchbay__", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in _settings)
            start.Environment[name] = value;
        return start;
    }
}
