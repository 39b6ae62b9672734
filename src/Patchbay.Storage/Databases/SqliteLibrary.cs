using System.Reflection;
using System.Runtime.InteropServices;

namespace Patchbay.Storage;

/// <summary>
/// Chooses the native SQLite library: the system's when there is one, else the one that comes with the package. The packaged one is older
/// and sleeps whole seconds while another writer holds the lock, so it is slower under contention.
/// </summary>
public static class SqliteLibrary
{
    private static readonly string[] SystemNames = ["libsqlite3.so.0", "libsqlite3.dylib", "winsqlite3"];
    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>False when the packaged library is used.</summary>
    public static bool IsSystem => Loaded.Value;

    private static bool Load()
    {
        var system = false;
        var assembly = typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly;
        NativeLibrary.SetDllImportResolver(assembly, (name, from, path) =>
            name != "e_sqlite3" ? 0 : system ? LoadSystem(from, path) : NativeLibrary.Load("e_sqlite3", from, path));
        system = LoadSystem(assembly, null) != 0;
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        SQLitePCL.raw.FreezeProvider();
        return system;
    }

    private static nint LoadSystem(Assembly assembly, DllImportSearchPath? path)
    {
        // For machines where the system's library is unusable, and for the test of the packaged one.
        if (Environment.GetEnvironmentVariable("PATCHBAY_SQLITE") == "packaged")
            return 0;
        foreach (var name in SystemNames)
        {
            if (NativeLibrary.TryLoad(name, assembly, path, out var handle))
                return handle;
        }

        return 0;
    }
}
