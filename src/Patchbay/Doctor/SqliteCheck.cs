using Patchbay.Storage;

namespace Patchbay.Doctor;

/// <summary>The native library, and the file. Asks before anything opens the database, because opening makes the file.</summary>
internal sealed class SqliteCheck(string path) : ICheck
{
    public async IAsyncEnumerable<Finding> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var version = LibraryVersion(out var fault);
        yield return fault is not null
                ? Finding.Fault("sqlite library", $"none can be loaded: {fault}", "On Debian: apt-get install libsqlite3-0")
            : SqliteLibrary.IsSystem
                ? Finding.Ok("sqlite library", $"{version} of this system")
                : Finding.Warning("sqlite library", $"{version}, the packaged one", "It is slower when several writers meet. On Debian: apt-get install libsqlite3-0");
        if (!File.Exists(path))
            yield return Finding.Fault("database", $"{Path.GetFullPath(path)} does not exist yet", "Start the hub (patchbay serve) or run patchbay migrate: either makes it.");
    }

    private static string? LibraryVersion(out string? fault)
    {
        fault = null;
        try
        {
            _ = SqliteLibrary.IsSystem;
            return SQLitePCL.raw.sqlite3_libversion().utf8_to_string();
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            fault = exception.Message;
            return null;
        }
    }
}
