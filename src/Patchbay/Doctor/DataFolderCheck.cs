using Patchbay.Server.Composition;
using Patchbay.Storage;

namespace Patchbay.Doctor;

/// <summary>The data folder can be written by this user, and nobody else reads what is in it, nor the SQLite files elsewhere.</summary>
internal sealed class DataFolderCheck(HubOptions options) : ICheck
{
    public const string Name = "data folder";

    public async IAsyncEnumerable<Finding> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var folder = Path.GetFullPath(options.DataFolder);
        foreach (var finding in Open(folder))
            yield return finding;
        if (!Directory.Exists(folder))
        {
            yield return Finding.Warning(Name, $"{folder} does not exist yet",
                "It is made on the first start; make sure it is the folder you mean (Patchbay:DataFolder).");
            yield break;
        }

        yield return CannotWrite(folder) is { } reason
            ? Finding.Fault(
                Name, $"{folder} cannot be written: {reason}", $"Give it to the user that runs the hub ({Environment.UserName}).")
            : Finding.Ok(Name, $"{folder} can be written");
    }

    /// <summary>What others can read, or replace: files of the data folder and of the databases, and the folders they lie in.</summary>
    private IEnumerable<Finding> Open(string folder)
    {
        var databases = options.Shards.Values.Select(shard => shard.Database).Append(options.Database)
            .Where(place => place.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
            .SelectMany(place => SqliteDatabase.FilesOf(place["sqlite:".Length..])).ToList();
        var folders = databases.Select(file => Path.GetDirectoryName(file)!).Append(folder).Distinct();
        var files = (Directory.Exists(folder) ? Directory.GetFiles(folder) : []).Union(databases);
        return folders.Where(path => !OwnersFiles.IsOwners(path)).Select(path => Found(path, "700"))
            .Concat(files.Where(path => !OwnersFiles.IsOwners(path)).Select(path => Found(path, "600")));
    }

    private static Finding Found(string path, string mode) =>
        Finding.Fault("file modes", $"{path} is open to other users of this machine", $"chmod {mode} {path}");

    private static string? CannotWrite(string folder)
    {
        var probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
