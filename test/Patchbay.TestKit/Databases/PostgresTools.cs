using System.Diagnostics;

namespace Patchbay.TestKit;

/// <summary>Finds and runs PostgreSQL's own programs; as root they run as nobody, because the server refuses to run as root.</summary>
public static class PostgresTools
{
    private static readonly bool IsRoot = Environment.UserName == "root";

    public static bool Available => Find("initdb") is not null;

    /// <summary>Makes a folder usable for the user that the server runs as.</summary>
    public static Task OwnAsync(string folder, CancellationToken cancellationToken) =>
        IsRoot ? ExecuteAsync("chown", ["nobody", folder], cancellationToken) : Task.CompletedTask;

    public static Task RunAsync(string tool, string[] arguments, CancellationToken cancellationToken)
    {
        var path = Find(tool) ?? throw new InvalidOperationException(
            $"{tool} was not found on PATH or under /usr/lib/postgresql. Install it, for example: apt-get install postgresql");
        return IsRoot
            ? ExecuteAsync("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", "--", path, .. arguments], cancellationToken)
            : ExecuteAsync(path, arguments, cancellationToken);
    }

    private static string? Find(string tool)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (Directory.Exists("/usr/lib/postgresql"))
            folders = [.. folders, .. Directory.GetDirectories("/usr/lib/postgresql").OrderDescending()
                .Select(version => Path.Combine(version, "bin"))];
        return folders.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
    }

    private static async Task ExecuteAsync(string file, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        // The server that pg_ctl starts keeps the pipe open: wait for the exit, never for the end of the output.
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
