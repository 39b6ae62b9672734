using Patchbay.Server.Composition;

namespace Patchbay.Doctor;

/// <summary>The data folder can be written by this user, and what is secret in it is read by nobody else.</summary>
internal sealed class DataFolderCheck(HubOptions options) : ICheck
{
    private const string Name = "data folder";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public async IAsyncEnumerable<Finding> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var folder = Path.GetFullPath(options.DataFolder);
        if (!Directory.Exists(folder))
        {
            yield return Finding.Warning(Name, $"{folder} does not exist yet",
                "It is made on the first start; make sure it is the folder you mean (Patchbay:DataFolder).");
            yield break;
        }

        if (CannotWrite(folder) is { } reason)
        {
            yield return Finding.Fault(
                Name, $"{folder} cannot be written: {reason}", $"Give it to the user that runs the hub ({Environment.UserName}).");
            yield break;
        }

        yield return Finding.Ok(Name, $"{folder} can be written");
        if (!OperatingSystem.IsWindows() && options.MasterKey is null && File.Exists(options.MasterKeyFile)
            && (File.GetUnixFileMode(options.MasterKeyFile) & Others) != 0)
            yield return Finding.Fault(Name, $"{Path.GetFullPath(options.MasterKeyFile)} can be read by others",
                $"chmod 600 {Path.GetFullPath(options.MasterKeyFile)}");
    }

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
