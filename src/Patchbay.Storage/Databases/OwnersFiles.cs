namespace Patchbay.Storage;

/// <summary>
/// Files that nobody but their owner may read (mode 600) in folders that nobody else may enter (700). Where there are no such modes, on
/// Windows, the folder's permissions count.
/// </summary>
public static class OwnersFiles
{
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Opens a file for writing; one that is there is emptied, and its owner's alone then. Its folder must be there.</summary>
    /// <exception cref="IOException">It is there, and the mode is <see cref="FileMode.CreateNew"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">It is there, and another user's.</exception>
    public static FileStream Create(string path, FileMode mode = FileMode.Create)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
            return new FileStream(path, options);
        options.UnixCreateMode = File;
        var stream = new FileStream(path, options);
        System.IO.File.SetUnixFileMode(stream.SafeFileHandle, File);
        return stream;
    }

    /// <summary>A file that nobody else can hold meanwhile; the system lets it go with the process.</summary>
    /// <exception cref="IOException">Somebody does.</exception>
    public static IDisposable Hold(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = File;
        return new FileStream(path, options);
    }

    /// <summary>A folder that is there stays as it is.</summary>
    public static void MakeFolderOf(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, Folder);
    }

    /// <summary>Whether a file or folder is closed to everybody else, or not there.</summary>
    public static bool IsOwners(string path) => OperatingSystem.IsWindows() || !Path.Exists(path)
        || (System.IO.File.GetUnixFileMode(path) & Others) == 0;

    /// <summary>Closes a file to everybody else; one of another owner stays as it is, and <c>doctor</c> tells.</summary>
    public static void Close(string path)
    {
        if (OperatingSystem.IsWindows() || IsOwners(path))
            return;
        try
        {
            System.IO.File.SetUnixFileMode(path, File);
        }
        catch (UnauthorizedAccessException)
        {
            // Only the owner may.
        }
    }
}
