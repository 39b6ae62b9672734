using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Patchbay.TestKit;

/// <summary>
/// The real executable on one address and one database, which can be killed, stopped and started again. Its output is kept in one file.
/// </summary>
public sealed class HubProcess : IDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly string[] _launcher;
    private readonly string _folder = Directory.CreateTempSubdirectory("patchbay-data-").FullName;
    private Process? _process;

    /// <param name="name">Of the log file.</param>
    /// <param name="address">Where to listen; null: a free port of this machine's own address. It is the public address too, unless the
    /// settings say otherwise.</param>
    /// <param name="settings">Environment of the process.</param>
    /// <param name="launcher">A command that becomes the hub, such as one that enters a network namespace first.</param>
    public HubProcess(string name, Uri? address, Dictionary<string, string> settings, params string[] launcher)
    {
        Address = address ?? new Uri($"http://127.0.0.1:{Ports.Free()}/");
        _launcher = launcher;
        Log = Path.Combine(AppContext.BaseDirectory, "logs", name + ".log");
        Directory.CreateDirectory(Path.GetDirectoryName(Log)!);
        File.Delete(Log);
        _settings = new Dictionary<string, string> { ["Patchbay__DataFolder"] = _folder, ["Patchbay__PublicUrl"] = Address.ToString() };
        foreach (var (key, value) in settings)
            _settings[key] = value;
    }

    /// <summary>With a closing slash.</summary>
    public Uri Address { get; }

    /// <summary>What all its lives have printed.</summary>
    public string Log { get; }

    /// <summary>Where its master key lies.</summary>
    public string DataFolder => _folder;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Returns at once; the hub is up a little later.</summary>
    /// <param name="further">Environment of this life only, beside the settings; null: nothing.</param>
    public void Start(IReadOnlyDictionary<string, string>? further = null)
    {
        _process?.Dispose();
        // The shell opens the file and becomes the hub: nothing that it printed before it was killed is lost.
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1", Log, .. _launcher, .. Command("serve", "--urls", Address.ToString())]);
        Prepare(start);
        foreach (var (name, value) in further ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = Process.Start(start)!;
    }

    public async Task StartAndWaitAsync(CancellationToken cancellationToken)
    {
        Start();
        await BecomesReadyAsync(TimeSpan.FromSeconds(60), cancellationToken);
    }

    /// <summary>Returns when it says that it can take work.</summary>
    public async Task BecomesReadyAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.BecomesAsync(
            async () =>
            {
                if (!IsRunning)
                    throw new InvalidOperationException($"The hub ended; see {Log}");
                try
                {
                    using var answer = await http.GetAsync("readyz", cancellationToken);
                    return answer.IsSuccessStatusCode;
                }
                catch (Exception exception) when (exception is HttpRequestException or SocketException or TaskCanceledException
                    && !cancellationToken.IsCancellationRequested)
                {
                    return false;
                }
            },
            within, cancellationToken);
    }

    /// <summary>SIGKILL: it can do nothing about it.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        if (!IsRunning)
            throw new InvalidOperationException($"The hub ended by itself; see {Log}");
        _process!.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGTERM, as a service manager does it; returns the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("TERM", cancellationToken);
        await _process!.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: it stands still, its connections stay open.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => SignalAsync("STOP", cancellationToken);

    /// <summary>SIGCONT: it goes on as if nothing had been.</summary>
    public Task ContinueAsync(CancellationToken cancellationToken) => SignalAsync("CONT", cancellationToken);

    /// <summary>Runs another verb on the same database, beside the hub; returns what it printed.</summary>
    public async Task<string> RunVerbAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        string[] command = [.. _launcher, .. Command(arguments)];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Prepare(start);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(await errors);
    }

    public void Dispose()
    {
        if (IsRunning)
        {
            _process!.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string[] Command(params string[] arguments) =>
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "patchbay.dll"), .. arguments];

    private async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    private void Prepare(ProcessStartInfo start)
    {
        start.WorkingDirectory = _folder;
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("Patchbay__", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in _settings)
            start.Environment[name] = value;
    }
}
