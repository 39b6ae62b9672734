using System.Diagnostics;

namespace Patchbay.TestKit;

/// <summary>The built executable, run as a user runs it. See <see cref="HubProcess"/> for one that lives, dies and lives again.</summary>
public sealed class PatchbayProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private PatchbayProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<Ended> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync([], cancellationToken, arguments);

    /// <inheritdoc cref="RunAsync(CancellationToken, string[])"/>
    /// <param name="environment">Beside what is there, of which nothing sets the hub up.</param>
    public static async Task<Ended> RunAsync(
        Dictionary<string, string> environment, CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        var output = await process._process.StandardOutput.ReadToEndAsync(cancellationToken);
        return await process.EndAsync(output, cancellationToken);
    }

    public static PatchbayProcess Start(params string[] arguments) => Start([], arguments);

    private static PatchbayProcess Start(Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "patchbay.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("Patchbay__", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new PatchbayProcess(Process.Start(start)!);
    }

    /// <summary>Reads its output until a line has what is looked for; null when it ends first.</summary>
    public async Task<string?> ReadUntilAsync(string part, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains(part, StringComparison.Ordinal))
                return line;
        }

        return null;
    }

    /// <summary>The first address that a line with this part names, with a closing slash.</summary>
    public async Task<Uri> ReadAddressAsync(string part, CancellationToken cancellationToken)
    {
        var line = await ReadUntilAsync(part, cancellationToken)
            ?? throw new InvalidOperationException($"It ended before it said '{part}'. {await _errors}");
        return AddressIn(line);
    }

    /// <summary>The first address that a line names, with a closing slash.</summary>
    public static Uri AddressIn(string line)
    {
        var address = line[line.IndexOf("http://", StringComparison.Ordinal)..].Split([' ', ','])[0].TrimEnd('.');
        return new Uri(new Uri(address).GetLeftPart(UriPartial.Authority) + "/");
    }

    /// <summary>Asks it to end, as a service manager does, and waits for that.</summary>
    public async Task<Ended> StopAsync(CancellationToken cancellationToken)
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(cancellationToken);
        return await EndAsync(await _process.StandardOutput.ReadToEndAsync(cancellationToken), cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<Ended> EndAsync(string output, CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return new Ended(_process.ExitCode, output, await _errors);
    }

    public sealed record Ended(int ExitCode, string Output, string Errors)
    {
        public System.Text.Json.Nodes.JsonNode Json => System.Text.Json.Nodes.JsonNode.Parse(Output)!;
    }
}
