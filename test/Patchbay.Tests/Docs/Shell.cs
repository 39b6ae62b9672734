using System.Diagnostics;
using System.Globalization;

namespace Patchbay.Tests.Docs;

/// <summary>A terminal: bash in a folder, which keeps variables and what runs in the background from one step to the next.</summary>
internal sealed class Shell : IDisposable
{
    private readonly Process _bash;
    private readonly string _folder;
    private int _steps;

    public Shell(string folder)
    {
        _folder = folder;
        _bash = Process.Start(new ProcessStartInfo("bash", ["--noprofile", "--norc", "-e"])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
    }

    /// <summary>What the commands print, errors too.</summary>
    /// <exception cref="InvalidOperationException">One of them failed.</exception>
    public async Task<string> RunAsync(string commands, CancellationToken cancellationToken)
    {
        var step = string.Create(CultureInfo.InvariantCulture, $".step-{_steps++}");
        await File.WriteAllTextAsync(Path.Combine(_folder, step), commands, cancellationToken);
        await _bash.StandardInput.WriteLineAsync($". ./{step} > {step}.out 2>&1 < /dev/null; echo done".AsMemory(), cancellationToken);
        await _bash.StandardInput.FlushAsync(cancellationToken);
        var ended = await _bash.StandardOutput.ReadLineAsync(cancellationToken);
        var output = await File.ReadAllTextAsync(Path.Combine(_folder, step + ".out"), cancellationToken);
        return ended is not null ? output : throw new InvalidOperationException($"A command failed.\n{commands}\n{output}");
    }

    public void Dispose()
    {
        _bash.Kill(entireProcessTree: true);
        _bash.Dispose();
    }
}
