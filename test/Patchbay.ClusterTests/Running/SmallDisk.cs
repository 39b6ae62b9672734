namespace Patchbay.ClusterTests.Running;

/// <summary>A file system of few megabytes that a test can fill.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public static bool IsPossible => Environment.UserName == "root" && Shell.Find("mount") is not null;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("patchbay-disk-").FullName;
        await Shell.RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "patchbay-disk", folder);
        return new SmallDisk(folder);
    }

    /// <summary>To the last byte.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var size = 1 << 20;
        while (size > 0)
        {
            try
            {
                filler.Write(new byte[size]);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await Shell.TryAsync("umount", "--lazy", Folder);
        Directory.Delete(Folder, recursive: true);
    }
}
