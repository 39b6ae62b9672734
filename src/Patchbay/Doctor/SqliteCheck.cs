namespace Patchbay.Doctor;

/// <summary>The native library, and the file. Asks before anything opens the database, because opening makes the file.</summary>
internal sealed class SqliteCheck(string path) : ICheck
{
    public async IAsyncEnumerable<Finding> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var version = LibraryVersion(out var fault);
        yield return fault is null
            ? Finding.Ok("sqlite library", version!)
            : Finding.Fault("sqlite library", $"cannot be loaded: {fault}",
                "On Linux it needs glibc 2.34 or newer (Debian 12, Ubuntu 22.04), or musl.");
        if (!File.Exists(path))
            yield return Finding.Fault("database", $"{Path.GetFullPath(path)} does not exist yet",
                "Start the hub (patchbay serve) or run patchbay migrate: either makes it.");
    }

    private static string? LibraryVersion(out string? fault)
    {
        fault = null;
        try
        {
            SQLitePCL.Batteries_V2.Init();
            return SQLitePCL.raw.sqlite3_libversion().utf8_to_string();
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            fault = exception.Message;
            return null;
        }
    }
}
